package filon.agent.enrolment;

import filon.agent.identity.HostKey;
import java.io.IOException;
import java.io.StringWriter;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A PKCS#10 request, signed with the host's key as proof that the host has it; the authority chooses the subject. */
public record CertificateRequest(String pem) {

    /** @param name put into the subject for people who read requests; the authority ignores it */
    public static CertificateRequest of(HostKey key, String name) {
        try {
            var subject = new X500Name("CN=" + name.replaceAll("[^A-Za-z0-9._-]", "-"));
            var request = new JcaPKCS10CertificationRequestBuilder(subject, key.publicKey())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.privateKey()));
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(request);
            }
            return new CertificateRequest(text.toString());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("every JDK signs with SHA256withECDSA", e);
        }
    }
}
