/* Keccak-f[1600] (FIPS 202, section 3.3) on the type `lane`, which whoever includes this defines: ulong, or a vector with a hash a place. */

/* FIPS 202, section 3.2.5 */
__constant ulong ROUND_CONSTANTS[24] = {
    0x0000000000000001UL, 0x0000000000008082UL, 0x800000000000808aUL, 0x8000000080008000UL, 0x000000000000808bUL,
    0x0000000080000001UL, 0x8000000080008081UL, 0x8000000000008009UL, 0x000000000000008aUL, 0x0000000000000088UL,
    0x0000000080008009UL, 0x000000008000000aUL, 0x000000008000808bUL, 0x800000000000008bUL, 0x8000000000008089UL,
    0x8000000000008003UL, 0x8000000000008002UL, 0x8000000000000080UL, 0x000000000000800aUL, 0x800000008000000aUL,
    0x8000000080008081UL, 0x8000000000008080UL, 0x0000000080000001UL, 0x8000000080008008UL};

/* One round, with rho and pi written out: a moved lane is named by where it was, its column, its rotation. */
#define MOVED(i, x, n) rotate(a[i] ^ d##x, (lane)(n))
#define ROW(i, m0, m1, m2, m3, m4)                                   \
    {                                                                \
        const lane t0 = m0, t1 = m1, t2 = m2, t3 = m3, t4 = m4;      \
        to[i] = t0 ^ (~t1 & t2), to[i + 1] = t1 ^ (~t2 & t3);        \
        to[i + 2] = t2 ^ (~t3 & t4), to[i + 3] = t3 ^ (~t4 & t0);    \
        to[i + 4] = t4 ^ (~t0 & t1);                                 \
    }

static inline void keccak_round(const lane a[25], lane to[25], const ulong constant_of_round) {
    const lane c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
    const lane c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
    const lane c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
    const lane c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
    const lane c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
    const lane d0 = c4 ^ rotate(c1, (lane)1), d1 = c0 ^ rotate(c2, (lane)1), d2 = c1 ^ rotate(c3, (lane)1);
    const lane d3 = c2 ^ rotate(c4, (lane)1), d4 = c3 ^ rotate(c0, (lane)1);
    ROW(0, MOVED(0, 0, 0), MOVED(6, 1, 44), MOVED(12, 2, 43), MOVED(18, 3, 21), MOVED(24, 4, 14))
    ROW(5, MOVED(3, 3, 28), MOVED(9, 4, 20), MOVED(10, 0, 3), MOVED(16, 1, 45), MOVED(22, 2, 61))
    ROW(10, MOVED(1, 1, 1), MOVED(7, 2, 6), MOVED(13, 3, 25), MOVED(19, 4, 8), MOVED(20, 0, 18))
    ROW(15, MOVED(4, 4, 27), MOVED(5, 0, 36), MOVED(11, 1, 10), MOVED(17, 2, 15), MOVED(23, 3, 56))
    ROW(20, MOVED(2, 2, 62), MOVED(8, 3, 55), MOVED(14, 4, 39), MOVED(15, 0, 41), MOVED(21, 1, 2))
    to[0] ^= (lane)constant_of_round;
}

static inline void keccak(lane a[25]) {
    lane b[25];
    for (int round = 0; round < 24; round += 2) {
        keccak_round(a, b, ROUND_CONSTANTS[round]);
        keccak_round(b, a, ROUND_CONSTANTS[round + 1]);
    }
}
