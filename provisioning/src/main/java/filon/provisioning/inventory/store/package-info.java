/** GPUs in PostgreSQL. */
package filon.provisioning.inventory.store;
