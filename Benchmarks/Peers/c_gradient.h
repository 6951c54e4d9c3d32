// J, dw and db in plain loops, for numbers of type `scalar`; c_peer.c reads this once for each precision.

// The sums over samples first ..< last: dw, then db, then J.
static void NAME(sum)(const scalar *restrict x, const scalar *restrict y, size_t first, size_t last, size_t nx,
                      const scalar *restrict w, scalar b, scalar *restrict dw) {
    const size_t block = block_of(nx * sizeof(scalar));
    scalar J = 0, db = 0, z[MOST_SAMPLES];
    for (size_t j = 0; j < nx; j++) dw[j] = 0;
    for (; first < last; first += block) {
        const size_t n = last - first < block ? last - first : block;
        const scalar *restrict xb = x + first * nx, *restrict yb = y + first;
        for (size_t i = 0; i < n; i++) {
            scalar sum = b;
            for (size_t j = 0; j < nx; j++) sum += w[j] * xb[i * nx + j];
            z[i] = sum;
        }
        scalar losses = 0, slopes = 0;
        for (size_t i = 0; i < n; i++) {
            scalar e = exp(-fabs(z[i]));
            // max(t, 0) is max(z, 0) − y·z without a difference that -ffast-math could take apart.
            scalar t = yb[i] > 0 ? -z[i] : z[i];
            losses += (t > 0 ? t : 0) + log1p(e);
            z[i] = (z[i] >= 0 ? 1 : e) / (1 + e) - yb[i];  // dz
            slopes += z[i];
        }
        J += losses;
        db += slopes;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < nx; j++) dw[j] += xb[i * nx + j] * z[i];
    }
    dw[nx] = db;
    dw[nx + 1] = J;
}

static void NAME(gradient)(const scalar *x, const scalar *y, size_t m, size_t nx, const scalar *model, scalar *sums,
                           scalar *partials) {
    const size_t shares = shares_of(m, nx);
#pragma omp parallel num_threads(shares) if (shares > 1)
    {
#pragma omp for schedule(static, 1)
        for (size_t s = 0; s < shares; s++)
            NAME(sum)(x, y, s * m / shares, (s + 1) * m / shares, nx, model, model[nx], partials + s * row(nx));
#pragma omp for schedule(static)
        for (size_t j = 0; j < nx + 2; j++) {
            scalar sum = 0;
            for (size_t s = 0; s < shares; s++) sum += partials[s * row(nx) + j];
            sums[j] = sum / (scalar)m;
        }
    }
}
