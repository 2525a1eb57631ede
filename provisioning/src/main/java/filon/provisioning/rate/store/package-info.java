/** Slow GPUs in PostgreSQL. Owns: the statements. Does not own: when a GPU is slow. */
package filon.provisioning.rate.store;
