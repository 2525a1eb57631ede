/** Workloads in PostgreSQL. */
package filon.provisioning.workload.store;
