/**
 * The devices of this machine as people and specifications name them.
 *
 * <p>Owns: descriptions, selection by index, name or PCI id, sensor readings where a device offers them, limits where its driver
 * lets us set them.
 *
 * <p>Does not own: OpenCL handles (opencl), what runs on a device (engine).
 */
package filon.mining.device;
