// C++ with Eigen: matrix expressions, in blocks of samples.
//
// Written over all samples at once, the two products would each read X from memory. In blocks that fit the
// level-one cache the second finds its block there, and Z, A and the losses never leave it.
// Threads: OpenMP over shares of the samples; Eigen's own threads are for products of matrices only.
//
// Networks: a column for each unit and a row for each sample of a block, so that columns are long whatever the widths;
// g and g' column by column, while one is in the level-one cache.
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

// A column for each unit, of which a block has `block` numbers.
template <class Scalar>
using Columns = Eigen::Map<Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>, 0, Eigen::OuterStride<>>;
template <class Scalar>
using Inputs = Eigen::Map<const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>, 0, Eigen::OuterStride<>>;
using Eigen::RowMajor;
template <class Scalar>
using Weights = Eigen::Map<const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, RowMajor>>;
template <class Scalar>
using Slopes = Eigen::Map<Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, RowMajor>>;
// A number for each sample of a block, on the stack.
template <class Scalar>
using Column = Eigen::Array<Scalar, Eigen::Dynamic, 1, 0, SAMPLES_OF_A_NETWORK, 1>;

template <class Scalar, class Z>
void activate(Activation g, Z z) {
    switch (g) {
    case SIGMOID: {
        const Column<Scalar> e = (-z.abs()).exp();
        z = (z >= 0).select(Scalar(1), e) / (1 + e);
        break;
    }
    case TANH: z = z.tanh(); break;
    case RELU: z = z.max(Scalar(0)); break;
    case LEAKY: z = z.max(Scalar(LEAK) * z); break;
    case LINEAR: break;
    }
}

template <class Scalar, class A, class D>
void apply_slope(Activation g, const A &a, D dz) {
    switch (g) {
    case SIGMOID: dz *= a * (1 - a); break;
    case TANH: dz *= 1 - a.square(); break;
    case RELU: dz = (a > 0).select(dz, Scalar(0)); break;
    case LEAKY: dz = (a > 0).select(dz, Scalar(LEAK) * dz); break;
    case LINEAR: break;
    }
}

// Adds the sums over n samples of a block to the derivatives, and the losses to J, which stands behind them.
template <class Scalar>
void add_block(const Network &net, const Scalar *x, const Scalar *y, Eigen::Index n, const Scalar *model, Scalar *sums,
               Scalar *scratch) {
    const Eigen::OuterStride<> stride(net.block);
    const size_t last = net.layers - 1;
    const Scalar *inputs[MOST_LAYERS];  // A of the layer before
    inputs[0] = x;
    for (size_t l = 0; l <= last; l++) {
        const Layer &layer = net.layer[l];
        const Eigen::Index units = layer.units, count = layer.inputs;
        Columns<Scalar> Z(scratch, n, units, stride);
        Z.noalias() = Inputs<Scalar>(inputs[l], n, count, stride)
            * Weights<Scalar>(model + layer.weights, units, count).transpose();
        for (Eigen::Index u = 0; u < units; u++) {
            Z.col(u).array() += model[layer.biases + u];
            if (l < last) activate<Scalar>(net.activation, Z.col(u).array());
        }
        if (l < last) inputs[l + 1] = scratch;
        scratch += layer.units * net.block;
    }
    Scalar *dz = scratch - net.block;  // takes the place of z
    auto Z = Eigen::Map<Column<Scalar>>(dz, n);
    const auto Y = Eigen::Map<const Column<Scalar>>(y, n);
    const Column<Scalar> e = (-Z.abs()).exp();
    // max(±z, 0) is max(z, 0) − y·z without a difference that -ffast-math could take apart.
    sums[net.parameters] += ((Y > 0).select(-Z, Z).max(Scalar(0)) + e.log1p()).sum();
    Z = (Z >= 0).select(Scalar(1), e) / (1 + e) - Y;
    for (size_t l = last;; l--) {
        const Layer &layer = net.layer[l];
        const Eigen::Index units = layer.units, count = layer.inputs;
        const Columns<Scalar> dZ(dz, n, units, stride);
        const Inputs<Scalar> A(inputs[l], n, count, stride);
        Slopes<Scalar>(sums + layer.weights, units, count).noalias() += dZ.transpose() * A;
        Sums<Scalar>(sums + layer.biases, units) += dZ.colwise().sum();
        if (l == 0) break;
        dz = scratch + l % 2 * net.widest * net.block;
        Columns<Scalar> dA(dz, n, count, stride);
        dA.noalias() = dZ * Weights<Scalar>(model + layer.weights, units, count);
        for (Eigen::Index k = 0; k < count; k++)
            apply_slope<Scalar>(net.activation, A.col(k).array(), dA.col(k).array());
    }
}

template <class Scalar>
void network(const Network *net, const Scalar *x, const Scalar *y, const Scalar *model, Scalar *sums, Scalar *partials,
             Scalar *scratch) {
    const size_t count = net->parameters + 1, stride = row(net->parameters - 1);
#pragma omp parallel for schedule(static, 1) num_threads(net->shares) if (net->shares > 1)
    for (size_t s = 0; s < net->shares; s++) {
        Sums<Scalar>(partials + s * stride, count).setZero();
        for (size_t b = s * net->blocks / net->shares; b < (s + 1) * net->blocks / net->shares; b++) {
            const size_t first = b * net->block, n = std::min(net->block, net->m - first);
            add_block<Scalar>(*net, x + first * net->nx, y + first, n, model, partials + s * stride,
                              scratch + s * net->scratch);
        }
    }
    Sums<Scalar> total(sums, count);
    total.setZero();
    for (size_t s = 0; s < net->shares; s++) total += Sums<Scalar>(partials + s * stride, count);
    total /= Scalar(net->m);
}

int main() {
    const Peer peer = {"eigen", PEER_VERSION, gradient<float>, gradient<double>, network<float>, network<double>};
    return serve(&peer);
}
