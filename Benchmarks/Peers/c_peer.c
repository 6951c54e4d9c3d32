// C: the explicit loops, as the compiler makes them. Two programs come of this file:
//
//     c        -O3: no sum is reordered, so none becomes vectors; one thread
//     c-fast   -O3 -march=native -ffast-math -fopenmp: vectors, and a share of the samples for each thread
//
// The loops go over blocks of samples: each is used forward and backward while it is in cache, and the exponentials
// and logarithms stand in a loop of their own, which glibc's vector functions can take (with -ffast-math). One loop
// over samples that does all of it is a line shorter and up to four times slower.
#include <tgmath.h>

#include "peer.h"

#define scalar float
#define NAME(function) function##_float
#include "c_gradient.h"
#include "c_network.h"
#undef scalar
#undef NAME

#define scalar double
#define NAME(function) function##_double
#include "c_gradient.h"
#include "c_network.h"

int main(void) {
    const Peer peer = {PEER_NAME, PEER_VERSION, gradient_float, gradient_double, network_float, network_double};
    return serve(&peer);
}
