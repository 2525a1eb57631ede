/** Tokens and audit in PostgreSQL. */
package filon.provisioning.enrolment.store;
