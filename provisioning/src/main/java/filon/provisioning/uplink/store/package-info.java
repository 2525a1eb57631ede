/** The links of the hosts' chains in PostgreSQL. */
package filon.provisioning.uplink.store;
