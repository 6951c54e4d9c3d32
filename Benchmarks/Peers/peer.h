// What the C and C++ peers share: the protocol of README.md, memory for the data, and the clock around the steps.
//
// A peer gives serve() its name, its version and one function for each precision,
//
//     gradient(x, y, m, nx, model, sums, partials)
//
// where model holds w and then b (nx + 1 numbers). It writes dw, db and J, the means, to sums (nx + 2 numbers), and
// may use partials, `threads` rows of row(nx) numbers, for what each thread sums on its own. One that knows networks
// gives two more,
//
//     network(net, x, y, model, sums, partials, scratch)
//
// in which the same holds of all parameters, W and b of layer after layer. X is there in blocks of net->block samples,
// each of them feature after feature: n_x rows of so many numbers, of which in the last block only the first are used.
// Where gradient is NULL, network makes the step of logistic regression too, as the output alone.
#ifndef PEER_H
#define PEER_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // getline, madvise
#endif
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>

#include "request.h"

// Samples that go through all layers of a network together.
#ifndef SAMPLES_OF_A_NETWORK
#define SAMPLES_OF_A_NETWORK 512
#endif

// How many threads to use: UNLOOPED_THREADS, where the program is compiled for several.
static int threads = 1;

// nx + 2 numbers, in whole pairs of cache lines, so that no two threads write to the same.
static size_t row(size_t nx) { return (nx + 2 + 31) / 32 * 32; }

// ---- Networks ----

enum { MOST_LAYERS = 64 };
static const double LEAK = 0.01;  // γ, the slope of leaky ReLU below 0

typedef enum { SIGMOID, TANH, RELU, LEAKY, LINEAR } Activation;

typedef struct {
    size_t inputs, units;
    size_t weights, biases;  // where W (a row of inputs for each unit) and b begin
} Layer;

typedef struct {
    size_t m, nx, layers;
    Layer layer[MOST_LAYERS];
    size_t parameters, widest;
    Activation activation;
    size_t block, blocks;  // samples in each but the last block, and how many blocks there are
    size_t shares;         // how many threads to use
    size_t scratch;        // numbers for each thread: A of all layers and dA of two, of a block
} Network;

// ---- How the work is cut ----

// A block of samples is used forward and backward while it is in the level-one cache, 32 KiB of it.
enum { MOST_SAMPLES = 256 };
static inline size_t block_of(size_t bytes_of_a_sample) {
    size_t samples = (32 << 10) / bytes_of_a_sample;
    return samples < 4 ? 4 : samples > MOST_SAMPLES ? MOST_SAMPLES : samples;
}

// A thread for every 2¹⁷ numbers at the most, some 10 µs of work: to wake one that sleeps takes as long.
static inline size_t shares_of(size_t m, size_t nx) {
    size_t most = m * nx / (1 << 17) + 1, shares = (size_t)threads < m ? (size_t)threads : m;
    return shares < most ? shares : most;
}

// ---- Data ----

typedef struct {
    size_t m, nx, size;  // size: bytes of a number
    size_t count;        // numbers in w
    bool isNetwork;
    Network network;
    void *x, *y, *model, *sums, *partials;  // x is the start of all of it; NULL while nothing is loaded
    void *start, *scratch;                  // of a network
} Data;

static void unload(Data *d) {
    free(d->x);
    d->x = NULL;
}

// Reads hidden and activation; returns what went wrong, or NULL.
static const char *read_network(Data *d, const Request *r) {
    static const char *const names[] = {"sigmoid", "tanh", "relu", "leaky", "linear"};
    Network *net = &d->network;
    memset(net, 0, sizeof *net);
    if (r->hidden.count >= MOST_LAYERS) return "a network has at most 63 hidden layers";
    size_t activation = 0;
    const char *name = r->hidden.isThere ? r->activation : "linear";
    while (activation < 5 && (!name || strcmp(name, names[activation]))) activation++;
    if (activation == 5) return "activation is none of sigmoid, tanh, relu, leaky and linear";
    net->activation = (Activation)activation;
    net->m = d->m;
    net->nx = d->nx;
    net->layers = r->hidden.count + 1;
    size_t inputs = d->nx, sum = 0;
    for (size_t l = 0; l < net->layers; l++) {
        const double units = l < r->hidden.count ? r->hidden.values[l] : 1;
        if (!(units >= 1 && units <= 1e6)) return "a hidden layer has 1 to 1000000 units";
        Layer *layer = &net->layer[l];
        layer->inputs = inputs;
        layer->units = inputs = (size_t)units;
        layer->weights = net->parameters;
        layer->biases = layer->weights + layer->units * layer->inputs;
        net->parameters = layer->biases + layer->units;
        sum += layer->units;
        if (layer->units > net->widest) net->widest = layer->units;
    }
    // Threads have blocks of their own, where there is work for them.
    size_t most = d->m * net->parameters / (1 << 17) + 1;
    net->shares = (size_t)threads < most ? (size_t)threads : most;
    net->block = (d->m + net->shares - 1) / net->shares;
    net->block = net->block > SAMPLES_OF_A_NETWORK ? SAMPLES_OF_A_NETWORK : (net->block + 15) / 16 * 16;
    net->blocks = (d->m + net->block - 1) / net->block;
    if (net->shares > net->blocks) net->shares = net->blocks;
    net->scratch = (sum + 2 * net->widest) * net->block;
    return NULL;
}

// Reads X, sample after sample, into blocks that are feature after feature; the last is filled up with 0.
static bool read_blocks(FILE *file, Data *d) {
    const Network *net = &d->network;
    char *samples = (char *)malloc(net->block * d->nx * d->size), *x = (char *)d->x;
    bool good = samples != NULL;
    for (size_t b = 0; good && b < net->blocks; b++) {
        const size_t left = d->m - b * net->block, n = left < net->block ? left : net->block;
        good = fread(samples, d->size, n * d->nx, file) == n * d->nx;
        for (size_t k = 0; good && k < d->nx; k++, x += net->block * d->size)
            for (size_t i = 0; i < net->block; i++) {
                if (i < n) memcpy(x + i * d->size, samples + (i * d->nx + k) * d->size, d->size);
                else memset(x + i * d->size, 0, d->size);
            }
    }
    free(samples);
    return good;
}

// Returns what went wrong, or NULL.
static const char *load(Data *d, const Request *r, bool hasLogistic) {
    unload(d);
    if (!r->path || !r->scalar || r->m < 1 || r->nx < 1 || r->m * r->nx > 1e15)
        return "load needs path, m, nx and scalar";
    bool is_float = strcmp(r->scalar, "float") == 0;
    if (!is_float && strcmp(r->scalar, "double")) return "scalar is neither float nor double";
    d->m = (size_t)r->m;
    d->nx = (size_t)r->nx;
    d->size = is_float ? sizeof(float) : sizeof(double);
    d->count = d->nx;
    d->isNetwork = r->hidden.isThere || !hasLogistic;
    if (d->isNetwork) {
        const char *error = read_network(d, r);
        if (error) return error;
        d->count = d->network.parameters - 1;
    }

    // All in one piece, each part on whole pairs of cache lines; whole pages of 2 MiB, so that the system can use such.
    const Network *net = &d->network;
    const size_t page = (size_t)2 << 20, a_row = row(d->count), n_x = d->isNetwork ? net->blocks * net->block : d->m;
    const size_t counts[] = {n_x * d->nx, d->m, a_row, a_row, a_row * (size_t)threads, d->isNetwork ? a_row : 0,
                             d->isNetwork ? net->scratch * net->shares : 0};
    void **parts[] = {&d->x, &d->y, &d->model, &d->sums, &d->partials, &d->start, &d->scratch};
    size_t bytes = 0, starts[7];
    for (int i = 0; i < 7; i++) {
        starts[i] = bytes;
        bytes += (counts[i] * d->size + 127) / 128 * 128;
    }
    FILE *file = fopen(r->path, "rb");
    if (!file) return "the file cannot be opened";
    bytes = (bytes + page - 1) / page * page;
    char *memory = (char *)aligned_alloc(page, bytes);
    if (!memory) {
        fclose(file);
        return "there is not enough memory";
    }
#ifdef MADV_HUGEPAGE
    madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    for (int i = 0; i < 7; i++) *parts[i] = memory + starts[i];
    bool whole = d->isNetwork ? read_blocks(file, d) : fread(d->x, d->size, counts[0], file) == counts[0];
    whole = whole && fread(d->y, d->size, d->m, file) == d->m;
    if (r->hidden.isThere)
        whole = whole && fread(d->start, d->size, net->parameters, file) == net->parameters;
    else
        memset(d->start, 0, counts[5] * d->size);
    whole = whole && fgetc(file) == EOF;
    fclose(file);
    if (whole) return NULL;
    unload(d);
    return "the file does not hold exactly m·nx + m numbers, and for a network its parameters";
}

// ---- Answers ----

static int64_t nanoseconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// Looks at the bits, since -ffast-math takes every number for a finite one.
static bool is_finite(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return (bits >> 52 & 0x7ff) != 0x7ff;
}

// The answers to `gradient` and `run` in one precision. Digits: how many bring every number back.
#define ANSWERS_IN(scalar, digits)                                                                                  \
    typedef void gradient_in_##scalar(const scalar *x, const scalar *y, size_t m, size_t nx, const scalar *model,   \
                                      scalar *sums, scalar *partials);                                              \
    typedef void network_in_##scalar(const Network *net, const scalar *x, const scalar *y, const scalar *model,     \
                                     scalar *sums, scalar *partials, scalar *scratch);                              \
                                                                                                                    \
    static void compute_##scalar(const Data *d, gradient_in_##scalar *logistic, network_in_##scalar *network) {     \
        const scalar *x = (scalar *)d->x, *y = (scalar *)d->y, *model = (scalar *)d->model;                         \
        scalar *sums = (scalar *)d->sums, *partials = (scalar *)d->partials;                                        \
        if (d->isNetwork)                                                                                           \
            network(&d->network, x, y, model, sums, partials, (scalar *)d->scratch);                                \
        else                                                                                                        \
            logistic(x, y, d->m, d->nx, model, sums, partials);                                                     \
    }                                                                                                               \
                                                                                                                    \
    static const char *answer_gradient_##scalar(const Data *d, const Request *r, gradient_in_##scalar *logistic,    \
                                                network_in_##scalar *network) {                                     \
        scalar *model = (scalar *)d->model, *sums = (scalar *)d->sums;                                              \
        const size_t count = d->count;                                                                              \
        for (size_t j = 0; j < count; j++) model[j] = (scalar)r->w.values[j];                                       \
        model[count] = (scalar)r->b;                                                                                \
        compute_##scalar(d, logistic, network);                                                                     \
        for (size_t j = 0; j < count + 2; j++)                                                                      \
            if (!is_finite(sums[j])) return "the result is not finite, which JSON cannot say";                      \
        printf("{\"J\":%.*g,\"db\":%.*g,\"dw\":[", digits, sums[count + 1], digits, sums[count]);                   \
        for (size_t j = 0; j < count; j++) printf(j ? ",%.*g" : "%.*g", digits, sums[j]);                           \
        puts("]}");                                                                                                 \
        return NULL;                                                                                                \
    }                                                                                                               \
                                                                                                                    \
    static void take_steps_##scalar(const Data *d, const Request *r, gradient_in_##scalar *logistic,                \
                                    network_in_##scalar *network) {                                                 \
        scalar *model = (scalar *)d->model, *sums = (scalar *)d->sums;                                              \
        const scalar learningRate = (scalar)r->learningRate, *start = (scalar *)d->start;                           \
        for (size_t j = 0; j <= d->count; j++) model[j] = d->isNetwork ? start[j] : 0;                              \
        for (double step = 0; step < r->steps; step++) {                                                            \
            compute_##scalar(d, logistic, network);                                                                 \
            for (size_t j = 0; j <= d->count; j++) model[j] -= learningRate * sums[j];                              \
        }                                                                                                           \
    }
ANSWERS_IN(float, 9)
ANSWERS_IN(double, 17)

typedef struct {
    const char *name, *version;
    gradient_in_float *in_float;
    gradient_in_double *in_double;
    network_in_float *network_float;
    network_in_double *network_double;
} Peer;

// Answers one request; returns what went wrong, or NULL.
static const char *answer(const Peer *peer, Data *d, const Request *r) {
    const char *request = r->request, *error = NULL;
    bool is_float = d->size == sizeof(float);
    if (strcmp(request, "hello") == 0) {
        if (r->protocol != 1) return "this peer speaks protocol 1";
        printf("{\"protocol\":1,\"name\":\"%s\",\"version\":\"%s\",\"threads\":%d,\"networks\":%s}\n", peer->name,
               peer->version, threads, peer->network_float ? "true" : "false");
    } else if (strcmp(request, "load") == 0 && r->hidden.isThere && !peer->network_float) {
        puts("{\"unsupported\":\"it makes the step of logistic regression only\"}");
    } else if (strcmp(request, "load") == 0) {
        error = load(d, r, peer->in_float != NULL);
        if (!error) puts("{\"ok\":true}");
    } else if (strcmp(request, "unload") == 0) {
        unload(d);
        puts("{\"ok\":true}");
    } else if (strcmp(request, "gradient") == 0) {
        if (!d->x) return "nothing is loaded";
        if (r->w.count != d->count) return "w does not have a number for each parameter but b";
        return is_float ? answer_gradient_float(d, r, peer->in_float, peer->network_float)
                        : answer_gradient_double(d, r, peer->in_double, peer->network_double);
    } else if (strcmp(request, "run") == 0) {
        if (!d->x) return "nothing is loaded";
        if (r->steps < 1) return "run needs steps, 1 or more";
        int64_t cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID), wall = nanoseconds(CLOCK_MONOTONIC);
        is_float ? take_steps_float(d, r, peer->in_float, peer->network_float)
                 : take_steps_double(d, r, peer->in_double, peer->network_double);
        wall = nanoseconds(CLOCK_MONOTONIC) - wall;
        cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        printf("{\"nanoseconds\":%" PRId64 ",\"cpuNanoseconds\":%" PRId64 "}\n", wall, cpu);
    } else {
        return "unknown request";
    }
    return error;
}

// Answers requests until the end of input.
static int serve(const Peer *peer) {
#ifdef _OPENMP
    const char *wanted = getenv("UNLOOPED_THREADS");
    if (wanted && atoi(wanted) > 1) threads = atoi(wanted);
#endif
    Data d;
    Request r;
    memset(&d, 0, sizeof d);
    memset(&r, 0, sizeof r);
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        const char *error =
            read_request(line, &r) ? answer(peer, &d, &r) : "expected a JSON object with a request, on one line";
        if (error) printf("{\"error\":\"%s\"}\n", error);
        fflush(stdout);
    }
    return 0;
}
#endif
