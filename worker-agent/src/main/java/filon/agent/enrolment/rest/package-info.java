/**
 * The enrolment exchange over HTTPS.
 *
 * <p>Owns: TLS with the pinned authority, status codes, the body's JSON. Does not own: when to ask.
 */
package filon.agent.enrolment.rest;
