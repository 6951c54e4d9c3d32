// C++ with Eigen: matrix expressions, in blocks of samples.
//
// Written over all samples at once, the two products would each read X from memory. In blocks that fit the
// level-one cache the second finds its block there, and Z, A and the losses never leave it.
// Threads: OpenMP over shares of the samples; Eigen's own threads are for products of matrices only.
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Dense>
#include <algorithm>

#include "peer.h"

template <class Scalar>
using Matrix = Eigen::Map<const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>>;  // n_x × m, by columns
template <class Scalar>
using Vector = Eigen::Map<const Eigen::Matrix<Scalar, Eigen::Dynamic, 1>>;
template <class Scalar>
using Sums = Eigen::Map<Eigen::Matrix<Scalar, Eigen::Dynamic, 1>>;
// One number for each sample of a block, on the stack.
template <class Scalar>
using Row = Eigen::Array<Scalar, Eigen::Dynamic, 1, 0, MOST_SAMPLES, 1>;

// Adds the sums over a block to dw, db and J.
template <class Scalar>
void add(const Matrix<Scalar> &X, const Vector<Scalar> &Y, const Vector<Scalar> &w, Scalar b, Sums<Scalar> &sums) {
    const Eigen::Index nx = X.rows(), n = X.cols();
    Row<Scalar> Z(n), e(n), dZ(n);
    Z.matrix().noalias() = X.transpose() * w;
    Z += b;
    e = (-Z.abs()).exp();
    dZ = (Z >= 0).select(Scalar(1), e) / (1 + e) - Y.array();
    sums.head(nx).noalias() += X * dZ.matrix();
    sums[nx] += dZ.sum();
    // max(±z, 0) is max(z, 0) − y·z without a difference that -ffast-math could take apart.
    sums[nx + 1] += ((Y.array() > 0).select(-Z, Z).max(Scalar(0)) + e.log1p()).sum();
}

template <class Scalar>
void gradient(const Scalar *x, const Scalar *y, size_t m, size_t nx, const Scalar *model, Scalar *sums,
              Scalar *partials) {
    const size_t block = block_of(nx * sizeof(Scalar)), shares = shares_of(m, nx);
    const Vector<Scalar> w(model, nx);
#pragma omp parallel for schedule(static, 1) num_threads(shares) if (shares > 1)
    for (size_t s = 0; s < shares; s++) {
        Sums<Scalar> partial(partials + s * row(nx), nx + 2);
        partial.setZero();
        const size_t last = (s + 1) * m / shares;
        for (size_t first = s * m / shares; first < last; first += block) {
            const size_t n = std::min(block, last - first);
            add<Scalar>({x + first * nx, Eigen::Index(nx), Eigen::Index(n)}, {y + first, Eigen::Index(n)}, w, model[nx],
                        partial);
        }
    }
    Sums<Scalar> total(sums, nx + 2);
    total.setZero();
    for (size_t s = 0; s < shares; s++) total += Sums<Scalar>(partials + s * row(nx), nx + 2);
    total /= Scalar(m);
}

int main() {
    const Peer peer = {"eigen", PEER_VERSION, gradient<float>, gradient<double>};
    return serve(&peer);
}
