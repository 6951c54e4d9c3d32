// Reads the requests of the peer protocol: one flat JSON object a line. Not JSON at large: values in keys that are
// not known may be strings, numbers, true, false or null, and \u escapes may stand for ASCII only.
#ifndef REQUEST_H
#define REQUEST_H
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    double *values;  // NULL where nothing was read yet
    size_t count, room;  // how many there are, and how many fit
    bool isThere;        // in the latest request
} Numbers;

typedef struct {
    char *request, *path, *scalar, *activation;  // NULL where absent
    double protocol, m, nx, steps;               // 0 where absent
    double b, learningRate;
    Numbers w, hidden;
} Request;

static char *space(char *p) { return p + strspn(p, " \t\r\n"); }

// Decodes the string at *p where it stands, and moves *p behind it. NULL: not a string that is understood.
static char *read_string(char **p) {
    char *from = *p, *to = *p + 1, *text = to;
    if (*from++ != '"') return NULL;
    while (*from != '"') {
        unsigned char c = (unsigned char)*from++;
        if (c < 0x20) return NULL;
        if (c == '\\') {
            static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
            unsigned code = 0;
            c = (unsigned char)*from++;
            if (c == 'u') {
                for (int i = 0; i < 4; i++, from++) {
                    static const char digits[] = "00112233445566778899aAbBcCdDeEfF";
                    const char *digit = *from ? strchr(digits, *from) : NULL;
                    if (!digit) return NULL;
                    code = code * 16 + (unsigned)(digit - digits) / 2;
                }
                if (code == 0 || code > 0x7f) return NULL;  // the rest is expected as it is, in UTF-8
                c = (unsigned char)code;
            } else {
                const char *escape = escapes;
                while (*escape && (unsigned char)*escape != c) escape += 2;
                if (!c || !*escape) return NULL;
                c = (unsigned char)escape[1];
            }
        }
        *to++ = (char)c;
    }
    *p = from + 1;
    *to = 0;
    return text;
}

static bool read_number(char **p, double *number) {
    char *start = *p;
    if (!strchr("-0123456789", *start) || !*start) return false;
    *number = strtod(start, p);
    return *p != start;
}

static bool read_numbers(char **p, Numbers *numbers) {
    numbers->count = 0;
    numbers->isThere = true;
    if (*(*p)++ != '[') return false;
    *p = space(*p);
    if (**p == ']') return ++*p, true;
    for (;;) {
        if (numbers->count == numbers->room) {
            size_t room = numbers->room ? 2 * numbers->room : 1024;
            double *values = (double *)realloc(numbers->values, room * sizeof *values);
            if (!values) return false;
            numbers->values = values;
            numbers->room = room;
        }
        *p = space(*p);
        if (!read_number(p, &numbers->values[numbers->count])) return false;
        numbers->count++;
        *p = space(*p);
        char c = *(*p)++;
        if (c == ']') return true;
        if (c != ',') return false;
    }
}

// A value of a key that this program does not know: a string, a number, true, false or null.
static bool skip_value(char **p) {
    double number;
    if (**p == '"') return read_string(p) != NULL;
    size_t letters = strspn(*p, "aeflnrstu");
    *p += letters;
    return letters > 0 || read_number(p, &number);
}

static bool read_request(char *p, Request *r) {
    const Numbers w = r->w, hidden = r->hidden;
    memset(r, 0, sizeof *r);
    r->w = w;
    r->hidden = hidden;
    r->w.count = r->hidden.count = 0;
    r->w.isThere = r->hidden.isThere = false;
    p = space(p);
    if (*p++ != '{') return false;
    do {
        p = space(p);
        char *key = read_string(&p);
        p = space(p);
        if (!key || *p++ != ':') return false;
        p = space(p);
        bool good;
#define IS(name) (strcmp(key, #name) == 0)
        if (IS(request)) good = (r->request = read_string(&p)) != NULL;
        else if (IS(path)) good = (r->path = read_string(&p)) != NULL;
        else if (IS(scalar)) good = (r->scalar = read_string(&p)) != NULL;
        else if (IS(activation)) good = (r->activation = read_string(&p)) != NULL;
        else if (IS(protocol)) good = read_number(&p, &r->protocol);
        else if (IS(m)) good = read_number(&p, &r->m);
        else if (IS(nx)) good = read_number(&p, &r->nx);
        else if (IS(steps)) good = read_number(&p, &r->steps);
        else if (IS(b)) good = read_number(&p, &r->b);
        else if (IS(learningRate)) good = read_number(&p, &r->learningRate);
        else if (IS(w)) good = read_numbers(&p, &r->w);
        else if (IS(hidden)) good = read_numbers(&p, &r->hidden);
        else good = skip_value(&p);
#undef IS
        if (!good) return false;
        p = space(p);
    } while (*p++ == ',');
    return p[-1] == '}' && *space(p) == 0 && r->request;
}
#endif
