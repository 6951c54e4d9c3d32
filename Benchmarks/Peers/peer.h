// What the C and C++ peers share: the protocol of README.md, memory for the data, and the clock around the steps.
//
// A peer gives serve() its name, its version and one function for each precision,
//
//     gradient(x, y, m, nx, model, sums, partials)
//
// where model holds w and then b (nx + 1 numbers). It writes dw, db and J, the means, to sums (nx + 2 numbers), and
// may use partials, `threads` rows of row(nx) numbers, for what each thread sums on its own.
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

// How many threads to use: UNLOOPED_THREADS, where the program is compiled for several.
static int threads = 1;

// nx + 2 numbers, in whole pairs of cache lines, so that no two threads write to the same.
static size_t row(size_t nx) { return (nx + 2 + 31) / 32 * 32; }

// ---- How the work is cut ----

// A block of samples is used forward and backward while it is in the level-one cache, 32 KiB of it.
enum { MOST_SAMPLES = 256 };
static size_t block_of(size_t bytes_of_a_sample) {
    size_t samples = (32 << 10) / bytes_of_a_sample;
    return samples < 4 ? 4 : samples > MOST_SAMPLES ? MOST_SAMPLES : samples;
}

// A thread for every 2¹⁷ numbers at the most, some 10 µs of work: to wake one that sleeps takes as long.
static size_t shares_of(size_t m, size_t nx) {
    size_t most = m * nx / (1 << 17) + 1, shares = (size_t)threads < m ? (size_t)threads : m;
    return shares < most ? shares : most;
}

// ---- Data ----

typedef struct {
    size_t m, nx, size;  // size: bytes of a number
    void *x, *y, *model, *sums, *partials;  // x is the start of all of it; NULL while nothing is loaded
} Data;

static void unload(Data *d) {
    free(d->x);
    d->x = NULL;
}

// Returns what went wrong, or NULL.
static const char *load(Data *d, const Request *r) {
    unload(d);
    if (!r->path || !r->scalar || r->m < 1 || r->nx < 1 || r->m * r->nx > 1e15)
        return "load needs path, m, nx and scalar";
    bool is_float = strcmp(r->scalar, "float") == 0;
    if (!is_float && strcmp(r->scalar, "double")) return "scalar is neither float nor double";
    d->m = (size_t)r->m;
    d->nx = (size_t)r->nx;
    d->size = is_float ? sizeof(float) : sizeof(double);

    // Whole pages of 2 MiB, so that the system can use such.
    const size_t page = (size_t)2 << 20, in_file = (d->m * d->nx + d->m) * d->size;
    const size_t aligned = (in_file + 127) / 128 * 128, a_row = row(d->nx) * d->size;
    const size_t bytes = (aligned + a_row * (2 + (size_t)threads) + page - 1) / page * page;
    FILE *file = fopen(r->path, "rb");
    if (!file) return "the file cannot be opened";
    char *memory = (char *)aligned_alloc(page, bytes);
    if (!memory) {
        fclose(file);
        return "there is not enough memory";
    }
#ifdef MADV_HUGEPAGE
    madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    bool whole = fread(memory, 1, in_file, file) == in_file && fgetc(file) == EOF;
    fclose(file);
    d->x = memory;
    d->y = memory + d->m * d->nx * d->size;
    d->model = memory + aligned;
    d->sums = memory + aligned + a_row;
    d->partials = memory + aligned + 2 * a_row;
    if (whole) return NULL;
    unload(d);
    return "the file does not hold exactly m·nx + m numbers";
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
#define ANSWERS_IN(scalar, digits)                                                                          \
    typedef void gradient_in_##scalar(const scalar *x, const scalar *y, size_t m, size_t nx,                \
                                      const scalar *model, scalar *sums, scalar *partials);                 \
                                                                                                            \
    static const char *answer_gradient_##scalar(const Data *d, const Request *r, gradient_in_##scalar *f) { \
        scalar *model = (scalar *)d->model, *sums = (scalar *)d->sums;                                      \
        for (size_t j = 0; j < d->nx; j++) model[j] = (scalar)r->w[j];                                      \
        model[d->nx] = (scalar)r->b;                                                                        \
        f((scalar *)d->x, (scalar *)d->y, d->m, d->nx, model, sums, (scalar *)d->partials);                 \
        for (size_t j = 0; j < d->nx + 2; j++)                                                              \
            if (!is_finite(sums[j])) return "the result is not finite, which JSON cannot say";              \
        printf("{\"J\":%.*g,\"db\":%.*g,\"dw\":[", digits, sums[d->nx + 1], digits, sums[d->nx]);           \
        for (size_t j = 0; j < d->nx; j++) printf(j ? ",%.*g" : "%.*g", digits, sums[j]);                   \
        puts("]}");                                                                                         \
        return NULL;                                                                                        \
    }                                                                                                       \
                                                                                                            \
    static void take_steps_##scalar(const Data *d, const Request *r, gradient_in_##scalar *f) {             \
        scalar *model = (scalar *)d->model, *sums = (scalar *)d->sums;                                      \
        const scalar learningRate = (scalar)r->learningRate;                                                \
        for (size_t j = 0; j <= d->nx; j++) model[j] = 0;                                                   \
        for (double step = 0; step < r->steps; step++) {                                                    \
            f((scalar *)d->x, (scalar *)d->y, d->m, d->nx, model, sums, (scalar *)d->partials);             \
            for (size_t j = 0; j <= d->nx; j++) model[j] -= learningRate * sums[j];                         \
        }                                                                                                   \
    }
ANSWERS_IN(float, 9)
ANSWERS_IN(double, 17)

typedef struct {
    const char *name, *version;
    gradient_in_float *in_float;
    gradient_in_double *in_double;
} Peer;

// Answers one request; returns what went wrong, or NULL.
static const char *answer(const Peer *peer, Data *d, const Request *r) {
    const char *request = r->request, *error = NULL;
    bool is_float = d->size == sizeof(float);
    if (strcmp(request, "hello") == 0) {
        if (r->protocol != 1) return "this peer speaks protocol 1";
        printf("{\"protocol\":1,\"name\":\"%s\",\"version\":\"%s\",\"threads\":%d}\n", peer->name, peer->version,
               threads);
    } else if (strcmp(request, "load") == 0) {
        error = load(d, r);
        if (!error) puts("{\"ok\":true}");
    } else if (strcmp(request, "unload") == 0) {
        unload(d);
        puts("{\"ok\":true}");
    } else if (strcmp(request, "gradient") == 0) {
        if (!d->x) return "nothing is loaded";
        if (r->count != d->nx) return "w does not have nx numbers";
        return is_float ? answer_gradient_float(d, r, peer->in_float) : answer_gradient_double(d, r, peer->in_double);
    } else if (strcmp(request, "run") == 0) {
        if (!d->x) return "nothing is loaded";
        if (r->steps < 1) return "run needs steps, 1 or more";
        int64_t cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID), wall = nanoseconds(CLOCK_MONOTONIC);
        is_float ? take_steps_float(d, r, peer->in_float) : take_steps_double(d, r, peer->in_double);
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
    Data d = {0, 0, 0, NULL, NULL, NULL, NULL, NULL};
    Request r = {NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, NULL, 0, 0};
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
