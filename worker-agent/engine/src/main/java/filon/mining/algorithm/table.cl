/*
 * Reads tables that lie in up to 8 pieces. Whoever includes this defines ROW_TYPE, of what the pieces are. Build options: PIECE_COUNT,
 * PIECE_SHIFT (log2 of the items of a piece).
 */
#include "fetch.cl"

/* x modulo n; the reciprocal is 2^32 / n rounded down, so that the quotient is right or one too small. */
static inline uint modulo(const uint x, const uint n, const uint reciprocal) {
    const uint rest = x - mul_hi(x, reciprocal) * n;
    return rest >= n ? rest - n : rest;
}

#define PIECES_OF(space)                                                                                        \
    space ROW_TYPE *piece0, space ROW_TYPE *piece1, space ROW_TYPE *piece2, space ROW_TYPE *piece3,             \
        space ROW_TYPE *piece4, space ROW_TYPE *piece5, space ROW_TYPE *piece6, space ROW_TYPE *piece7

/* Where item i lies, of so many rows each. */
#if PIECE_COUNT == 1
#define ROW_AT(i, rows) (piece0 + (rows) * (ulong)(i))
#else
#define PIECE(i)                                                                                                \
    ((i) < 4 ? ((i) < 2 ? ((i) < 1 ? piece0 : piece1) : ((i) < 3 ? piece2 : piece3))                            \
             : ((i) < 6 ? ((i) < 5 ? piece4 : piece5) : ((i) < 7 ? piece6 : piece7)))
#define ROW_AT(i, rows) (PIECE((i) >> PIECE_SHIFT) + (rows) * (ulong)((i) & ((1u << PIECE_SHIFT) - 1)))
#endif
