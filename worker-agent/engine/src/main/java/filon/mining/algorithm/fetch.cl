/*
 * Asks for memory that is read a little later. Where a work-item has several hashes, the reads of all of them are asked for before the first
 * is waited for; a core holds back far fewer reads than prefetches. Not where HASHES is 1, which suits GPUs.
 */
#if (defined(HASHES) && HASHES == 1) || !defined(__has_builtin)
#define FETCH(address)
#elif __has_builtin(__builtin_prefetch)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address)
#endif
