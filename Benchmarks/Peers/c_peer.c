// C: the explicit loops, as the compiler makes them. Three programs come of this file:
//
//     c            -O3: no sum is reordered, so none becomes vectors; one thread
//     c-fast       -O3 -march=native -ffast-math -fopenmp: vectors, and a share of the samples for each thread
//     c-openblas   the same, and the products by OpenBLAS, called by each thread for its share
//
// The loops go over blocks of samples: each is used forward and backward while it is in cache, and the exponentials
// and logarithms stand in a loop of their own, which glibc's vector functions can take (with -ffast-math). One loop
// over samples that does all of it is a line shorter and up to four times slower.
#include <tgmath.h>

#ifdef BLAS
#define SAMPLES_OF_A_NETWORK 1024
#endif
#include "peer.h"

#ifdef BLAS
// The C interface of OpenBLAS, as a system has it or as NumPy brings it along, which has no header.
#ifdef BLAS_OF_NUMPY
#define CBLAS(name) scipy_cblas_##name##64_
#define OPENBLAS(name) scipy_openblas_##name##64_
typedef int64_t blasint;
#else
#define CBLAS(name) cblas_##name
#define OPENBLAS(name) openblas_##name
typedef int blasint;
#endif
enum { ROWS = 101, COLUMNS = 102, AS_IT_IS = 111, TRANSPOSED = 112 };
#define PRODUCTS_OF(scalar, letter)                                                                                 \
    void CBLAS(letter##gemm)(int order, int a_is, int b_is, blasint rows, blasint columns, blasint terms,           \
                             scalar alpha, const scalar *a, blasint lda, const scalar *b, blasint ldb, scalar beta, \
                             scalar *c, blasint ldc);                                                               \
    void CBLAS(letter##gemv)(int order, int a_is, blasint rows, blasint columns, scalar alpha, const scalar *a,     \
                             blasint lda, const scalar *x, blasint x_step, scalar beta, scalar *y, blasint y_step);
PRODUCTS_OF(float, s)
PRODUCTS_OF(double, d)
void OPENBLAS(set_num_threads)(int);
const char *OPENBLAS(get_config)(void), *OPENBLAS(get_corename)(void);
#define gemm_float CBLAS(sgemm)
#define gemv_float CBLAS(sgemv)
#define gemm_double CBLAS(dgemm)
#define gemv_double CBLAS(dgemv)
#endif

#define scalar float
#define NAME(function) function##_float
#ifndef BLAS
#include "c_gradient.h"
#endif
#include "c_network.h"
#undef scalar
#undef NAME

#define scalar double
#define NAME(function) function##_double
#ifndef BLAS
#include "c_gradient.h"
#endif
#include "c_network.h"

int main(void) {
#ifdef BLAS
    OPENBLAS(set_num_threads)(1);
    char version[160], library[32] = "";
    sscanf(OPENBLAS(get_config)(), "%*s %31s", library);
    snprintf(version, sizeof version, "%s, OpenBLAS %s (%s kernels)", PEER_VERSION, library, OPENBLAS(get_corename)());
    const Peer peer = {PEER_NAME, version, NULL, NULL, network_float, network_double};
#else
    const Peer peer = {PEER_NAME, PEER_VERSION, gradient_float, gradient_double, network_float, network_double};
#endif
    return serve(&peer);
}
