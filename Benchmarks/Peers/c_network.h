// The step of a network, for numbers of type `scalar`; c_peer.c reads this once for each precision.
//
// All matrices have a row for each unit (or feature) and a column for each sample of a block, so that loops over samples
// go over neighbours in memory whatever the widths: with a row for each sample 2-4-1 took three times as long. What makes
// plain loops fast is that each load serves several multiply-adds: four rows and four terms at a time.

// c[r][i] = start[r] + Σ_s a[r·rowStep + s·termStep] · b[s][i], for n samples i. start may be NULL, for 0.
static void NAME(multiply)(size_t rows, size_t terms, size_t n, const scalar *a, size_t rowStep, size_t termStep,
                           const scalar *restrict b, const scalar *start, scalar *restrict c, size_t block);

// dw[u][k] += Σ_i dz[u][i] · a[k][i], over n samples i.
static void NAME(multiply_over_samples)(size_t units, size_t inputs, size_t n, const scalar *restrict dz,
                                        const scalar *restrict a, scalar *restrict dw, size_t block);

#ifdef BLAS
static void NAME(multiply)(size_t rows, size_t terms, size_t n, const scalar *a, size_t rowStep, size_t termStep,
                           const scalar *restrict b, const scalar *start, scalar *restrict c, size_t block) {
    if (start)
        for (size_t r = 0; r < rows; r++)
            for (size_t i = 0; i < n; i++) c[r * block + i] = start[r];
    if (rows == 1) {  // the transposed matrix of b by a vector
        NAME(gemv)(COLUMNS, AS_IT_IS, (blasint)n, (blasint)terms, 1, b, (blasint)block, a, (blasint)termStep, start ? 1 : 0,
                   c, 1);
    } else if (terms == 1) {
        for (size_t r = 0; r < rows; r++)
            for (size_t i = 0; i < n; i++) c[r * block + i] = (start ? c[r * block + i] : 0) + a[r * rowStep] * b[i];
    } else {
        NAME(gemm)(ROWS, termStep == 1 ? AS_IT_IS : TRANSPOSED, AS_IT_IS, (blasint)rows, (blasint)n, (blasint)terms, 1, a,
                   (blasint)(termStep == 1 ? rowStep : termStep), b, (blasint)block, start ? 1 : 0, c, (blasint)block);
    }
}

static void NAME(multiply_over_samples)(size_t units, size_t inputs, size_t n, const scalar *restrict dz,
                                        const scalar *restrict a, scalar *restrict dw, size_t block) {
    if (units == 1)
        NAME(gemv)(ROWS, AS_IT_IS, (blasint)inputs, (blasint)n, 1, a, (blasint)block, dz, 1, 1, dw, 1);
    else
        NAME(gemm)(ROWS, AS_IT_IS, TRANSPOSED, (blasint)units, (blasint)inputs, (blasint)n, 1, dz, (blasint)block, a,
                   (blasint)block, 1, dw, (blasint)inputs);
}
#else
// One row, up to four terms.
static void NAME(multiply_row)(size_t terms, size_t n, const scalar *a, size_t termStep, const scalar *restrict b,
                               bool isFirst, scalar start, scalar *restrict c, size_t block) {
    const scalar a0 = a[0], a1 = terms > 1 ? a[termStep] : 0, a2 = terms > 2 ? a[2 * termStep] : 0,
                 a3 = terms > 3 ? a[3 * termStep] : 0;
    const scalar *b1 = terms > 1 ? b + block : b, *b2 = terms > 2 ? b + 2 * block : b, *b3 = terms > 3 ? b + 3 * block : b;
    if (terms == 1)
        for (size_t i = 0; i < n; i++) c[i] = (isFirst ? start : c[i]) + a0 * b[i];
    else
        for (size_t i = 0; i < n; i++)
            c[i] = (isFirst ? start : c[i]) + a0 * b[i] + a1 * b1[i] + a2 * b2[i] + a3 * b3[i];
}

static void NAME(multiply_four_rows)(size_t n, const scalar *a, size_t rowStep, size_t termStep, const scalar *restrict b,
                                     bool isFirst, const scalar start[4], scalar *restrict c, size_t block) {
    const scalar *b0 = b, *b1 = b + block, *b2 = b + 2 * block, *b3 = b + 3 * block;
    scalar *restrict c0 = c, *restrict c1 = c + block, *restrict c2 = c + 2 * block, *restrict c3 = c + 3 * block;
#define TERM(r, s) a[(r) * rowStep + (s) * termStep]
    const scalar a00 = TERM(0, 0), a01 = TERM(0, 1), a02 = TERM(0, 2), a03 = TERM(0, 3);
    const scalar a10 = TERM(1, 0), a11 = TERM(1, 1), a12 = TERM(1, 2), a13 = TERM(1, 3);
    const scalar a20 = TERM(2, 0), a21 = TERM(2, 1), a22 = TERM(2, 2), a23 = TERM(2, 3);
    const scalar a30 = TERM(3, 0), a31 = TERM(3, 1), a32 = TERM(3, 2), a33 = TERM(3, 3);
#undef TERM
    if (isFirst)
        for (size_t i = 0; i < n; i++) {
            c0[i] = start[0] + a00 * b0[i] + a01 * b1[i] + a02 * b2[i] + a03 * b3[i];
            c1[i] = start[1] + a10 * b0[i] + a11 * b1[i] + a12 * b2[i] + a13 * b3[i];
            c2[i] = start[2] + a20 * b0[i] + a21 * b1[i] + a22 * b2[i] + a23 * b3[i];
            c3[i] = start[3] + a30 * b0[i] + a31 * b1[i] + a32 * b2[i] + a33 * b3[i];
        }
    else
        for (size_t i = 0; i < n; i++) {
            c0[i] += a00 * b0[i] + a01 * b1[i] + a02 * b2[i] + a03 * b3[i];
            c1[i] += a10 * b0[i] + a11 * b1[i] + a12 * b2[i] + a13 * b3[i];
            c2[i] += a20 * b0[i] + a21 * b1[i] + a22 * b2[i] + a23 * b3[i];
            c3[i] += a30 * b0[i] + a31 * b1[i] + a32 * b2[i] + a33 * b3[i];
        }
}

// Terms at a time, whose part of b stays in the level-two cache for all rows.
enum { NAME(PANEL) = 64 };

static void NAME(multiply)(size_t rows, size_t terms, size_t n, const scalar *a, size_t rowStep, size_t termStep,
                           const scalar *restrict b, const scalar *start, scalar *restrict c, size_t block) {
    static const scalar zeros[4] = {0, 0, 0, 0};
    for (size_t panel = 0; panel < terms; panel += NAME(PANEL)) {
        const size_t last = terms - panel < NAME(PANEL) ? terms : panel + NAME(PANEL);
        for (size_t r = 0; r < rows; r += 4) {
            const scalar *first = start ? start + r : zeros;
            for (size_t s = panel; s < last; s += 4) {
                const scalar *factors = a + r * rowStep + s * termStep, *values = b + s * block;
                if (rows - r >= 4 && last - s >= 4)
                    NAME(multiply_four_rows)(n, factors, rowStep, termStep, values, s == 0, first, c + r * block, block);
                else
                    for (size_t q = r; q < rows && q < r + 4; q++)
                        NAME(multiply_row)(last - s < 4 ? last - s : 4, n, factors + (q - r) * rowStep, termStep, values,
                                           s == 0, first[start ? q - r : 0], c + q * block, block);
            }
        }
    }
}

static void NAME(multiply_over_samples)(size_t units, size_t inputs, size_t n, const scalar *restrict dz,
                                        const scalar *restrict a, scalar *restrict dw, size_t block) {
    for (size_t panel = 0; panel < inputs; panel += NAME(PANEL)) {
        const size_t last = inputs - panel < NAME(PANEL) ? inputs : panel + NAME(PANEL);
        size_t u = 0;
        for (; u + 4 <= units; u += 4) {
            const scalar *d0 = dz + u * block, *d1 = d0 + block, *d2 = d1 + block, *d3 = d2 + block;
            size_t k = panel;
            for (; k + 4 <= last; k += 4) {
                const scalar *a0 = a + k * block, *a1 = a0 + block, *a2 = a1 + block, *a3 = a2 + block;
                scalar s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
                scalar s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0;
                for (size_t i = 0; i < n; i++) {
                    s00 += d0[i] * a0[i], s01 += d0[i] * a1[i], s02 += d0[i] * a2[i], s03 += d0[i] * a3[i];
                    s10 += d1[i] * a0[i], s11 += d1[i] * a1[i], s12 += d1[i] * a2[i], s13 += d1[i] * a3[i];
                    s20 += d2[i] * a0[i], s21 += d2[i] * a1[i], s22 += d2[i] * a2[i], s23 += d2[i] * a3[i];
                    s30 += d3[i] * a0[i], s31 += d3[i] * a1[i], s32 += d3[i] * a2[i], s33 += d3[i] * a3[i];
                }
                scalar *w = dw + u * inputs + k;
                w[0] += s00, w[1] += s01, w[2] += s02, w[3] += s03, w += inputs;
                w[0] += s10, w[1] += s11, w[2] += s12, w[3] += s13, w += inputs;
                w[0] += s20, w[1] += s21, w[2] += s22, w[3] += s23, w += inputs;
                w[0] += s30, w[1] += s31, w[2] += s32, w[3] += s33;
            }
            for (; k < last; k++) {
                const scalar *ak = a + k * block;
                scalar s0 = 0, s1 = 0, s2 = 0, s3 = 0;
                for (size_t i = 0; i < n; i++) s0 += d0[i] * ak[i], s1 += d1[i] * ak[i], s2 += d2[i] * ak[i], s3 += d3[i] * ak[i];
                scalar *w = dw + u * inputs + k;
                w[0] += s0, w[inputs] += s1, w[2 * inputs] += s2, w[3 * inputs] += s3;
            }
        }
        for (; u < units; u++)
            for (size_t k = panel; k < last; k++) {
                const scalar *d = dz + u * block, *ak = a + k * block;
                scalar sum = 0;
                for (size_t i = 0; i < n; i++) sum += d[i] * ak[i];
                dw[u * inputs + k] += sum;
            }
    }
}
#endif

// a := g(z), where z is.
static void NAME(activate)(Activation g, scalar *a, size_t n) {
    switch (g) {
    case SIGMOID:
        for (size_t i = 0; i < n; i++) {
            scalar e = exp(-fabs(a[i]));
            a[i] = (a[i] >= 0 ? 1 : e) / (1 + e);
        }
        break;
    case TANH:
        for (size_t i = 0; i < n; i++) a[i] = tanh(a[i]);
        break;
    case RELU:
        for (size_t i = 0; i < n; i++) a[i] = a[i] < 0 ? 0 : a[i];
        break;
    case LEAKY:
        for (size_t i = 0; i < n; i++) a[i] = a[i] < 0 ? (scalar)LEAK * a[i] : a[i];
        break;
    case LINEAR: break;
    }
}

// dz := da · g′, where da is; the sum of dz.
static scalar NAME(apply_slope)(Activation g, const scalar *restrict a, scalar *restrict dz, size_t n) {
    scalar sum = 0;
    switch (g) {
    case SIGMOID:
        for (size_t i = 0; i < n; i++) sum += dz[i] *= a[i] * (1 - a[i]);
        break;
    case TANH:
        for (size_t i = 0; i < n; i++) sum += dz[i] *= 1 - a[i] * a[i];
        break;
    case RELU:
        for (size_t i = 0; i < n; i++) sum += dz[i] = a[i] > 0 ? dz[i] : 0;
        break;
    case LEAKY:
        for (size_t i = 0; i < n; i++) sum += dz[i] *= a[i] > 0 ? 1 : (scalar)LEAK;
        break;
    case LINEAR:
        for (size_t i = 0; i < n; i++) sum += dz[i];
        break;
    }
    return sum;
}

// Adds the sums over n samples of a block to the derivatives, and the losses to J, which stands behind them.
static void NAME(add_block)(const Network *net, const scalar *restrict x, const scalar *restrict y, size_t n,
                            const scalar *model, scalar *sums, scalar *scratch) {
    const size_t block = net->block, last = net->layers - 1;
    const scalar *inputs[MOST_LAYERS];  // A of the layer before
    inputs[0] = x;
    for (size_t l = 0; l <= last; l++) {
        const Layer *layer = &net->layer[l];
        scalar *z = scratch;
        scratch += layer->units * block;
        NAME(multiply)(layer->units, layer->inputs, n, model + layer->weights, layer->inputs, 1, inputs[l],
                       model + layer->biases, z, block);
        if (l == last) break;
        for (size_t u = 0; u < layer->units; u++) NAME(activate)(net->activation, z + u * block, n);
        inputs[l + 1] = z;
    }
    scalar *dz = scratch - block, losses = 0, slopes = 0;  // dz takes the place of z
    for (size_t i = 0; i < n; i++) {
        scalar z = dz[i], e = exp(-fabs(z)), t = y[i] > 0 ? -z : z;
        losses += (t > 0 ? t : 0) + log1p(e);
        dz[i] = (z >= 0 ? 1 : e) / (1 + e) - y[i];
        slopes += dz[i];
    }
    sums[net->parameters] += losses;
    sums[net->layer[last].biases] += slopes;
    for (size_t l = last;; l--) {
        const Layer *layer = &net->layer[l];
        NAME(multiply_over_samples)(layer->units, layer->inputs, n, dz, inputs[l], sums + layer->weights, block);
        if (l == 0) break;
        scalar *da = scratch + l % 2 * net->widest * block;
        NAME(multiply)(layer->inputs, layer->units, n, model + layer->weights, 1, layer->inputs, dz, NULL, da, block);
        for (size_t k = 0; k < layer->inputs; k++)
            sums[net->layer[l - 1].biases + k] +=
                NAME(apply_slope)(net->activation, inputs[l] + k * block, da + k * block, n);
        dz = da;
    }
}

static void NAME(network)(const Network *net, const scalar *x, const scalar *y, const scalar *model, scalar *sums,
                          scalar *partials, scalar *scratch) {
    const size_t shares = net->shares, count = net->parameters + 1;
#pragma omp parallel num_threads(shares) if (shares > 1)
    {
#pragma omp for schedule(static, 1)
        for (size_t s = 0; s < shares; s++) {
            scalar *partial = partials + s * row(net->parameters - 1);
            memset(partial, 0, count * sizeof(scalar));
            for (size_t b = s * net->blocks / shares; b < (s + 1) * net->blocks / shares; b++) {
                const size_t first = b * net->block, left = net->m - first;
                NAME(add_block)(net, x + first * net->nx, y + first, left < net->block ? left : net->block, model, partial,
                                scratch + s * net->scratch);
            }
        }
#pragma omp for schedule(static)
        for (size_t j = 0; j < count; j++) {
            scalar sum = 0;
            for (size_t s = 0; s < shares; s++) sum += partials[s * row(net->parameters - 1) + j];
            sums[j] = sum / (scalar)net->m;
        }
    }
}
