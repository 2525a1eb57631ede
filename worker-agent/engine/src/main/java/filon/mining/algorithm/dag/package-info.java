/**
 * What the algorithms with a dataset of ethash's kind share: Keccak, epochs' sizes, light caches, the dataset on a device.
 *
 * <p>Owns: their CPU reference, the kernel {@code dag.cl} that makes datasets. Does not own: any algorithm.
 */
package filon.mining.algorithm.dag;
