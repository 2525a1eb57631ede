/*
 * What the searches of all algorithms share.
 *
 * The first arguments of each search():
 *   # | space      | type | count            | unit          | writer
 *   0 | __global   |      |                  |               | host: the job, as the algorithm lays it out
 *   1 | __global   | uint | 3 + HIT_CAPACITY | count,offsets | host zeroes [0] to [2]; kernel counts hits in [0] (also those that do not
 *     |            |      |                  |               | fit), has [1] for itself, counts nonces left out in [2], and writes from
 *     |            |      |                  |               | [3] on how far behind the first nonce the first HIT_CAPACITY hits are
 *   2 | __global   | uint | 1                | serial number | host, at any time: work below this number is given up
 *   3 | (value)    | uint | 1                | serial number | host: of the work that the batch belongs to
 */

#define HIT_CAPACITY 255
#define SHARED_ARGUMENTS __global uint *hits, volatile __global const uint *newest, const uint serial

#define HITS_COUNT 0
#define HITS_TAKEN 1
#define HITS_LEFT_OUT 2
#define HITS_OFFSETS 3

/* Counts a hit and keeps its offset if there is room; the host sees by the count whether any was lost. */
static inline void report(__global uint *hits, const uint offset) {
    const uint slot = atomic_inc(&hits[HITS_COUNT]);
    if (slot < HIT_CAPACITY) {
        hits[HITS_OFFSETS + slot] = offset;
    }
}

/* Whether this work is given up; to be asked before something is begun, so that what is queued for a dead job ends at once. */
static inline int is_given_up(volatile __global const uint *newest, const uint serial) {
    return serial < *newest;
}

/* Counts the nonces that a work-item leaves out: of `length` from `begin` on those that are below `count`. */
static inline void leave_out(__global uint *hits, const uint begin, const uint length, const uint count) {
    if (begin < count) {
        atomic_add(&hits[HITS_LEFT_OUT], min(length, count - begin));
    }
}

