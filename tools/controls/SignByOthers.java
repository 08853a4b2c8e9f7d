import com.itextpdf.forms.fields.properties.SignedAppearanceText;
import com.itextpdf.kernel.crypto.DigestAlgorithms;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.signatures.AccessPermissions;
import com.itextpdf.signatures.BouncyCastleDigest;
import com.itextpdf.signatures.PdfSigner;
import com.itextpdf.signatures.PrivateKeySignature;
import com.itextpdf.signatures.SignerProperties;
import com.lowagie.text.Document;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfSignature;
import com.lowagie.text.pdf.PdfSignatureAppearance;
import com.lowagie.text.pdf.PdfStamper;
import com.lowagie.text.pdf.PdfString;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Signs PDFs with iText and with OpenPDF, and makes a page with each.
 *
 * <pre>java -cp … SignByOthers FOLDER SECONDS</pre>
 *
 * Folder, seconds and standard input are those of SignByDss.
 */
public final class SignByOthers {
    private static final char[] PASSWORD = "demo".toCharArray();
    private static final int ROOM = 4_500;

    private final File folder;
    private final Calendar at = new GregorianCalendar(TimeZone.getTimeZone("UTC"));

    private SignByOthers(File folder, Date at) {
        this.folder = folder;
        this.at.setTime(at);
    }

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        Date at = Date.from(Instant.ofEpochSecond(Long.parseLong(arguments[1])));
        SignByOthers signer = new SignByOthers(new File(arguments[0]), at);
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in));
        for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
            String[] parts = job.split("\t");
            File to = new File(parts[3]);
            switch (parts[0].split("-")[0] + (parts[0].endsWith("-page") ? "-page" : "")) {
                case "itext-page" -> itextPage(to);
                case "openpdf-page" -> openpdfPage(to);
                case "itext" -> signer.byItext(parts[0], parts[1], parts[2], to);
                case "openpdf" -> signer.byOpenpdf(parts[1], parts[2], to);
                default -> throw new IllegalArgumentException(parts[0]);
            }
        }
    }

    private KeyStore store(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(new File(folder, name + ".p12").toPath())) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    // --- iText ----------------------------------------------------------------------------------

    private static void itextPage(File to) throws Exception {
        try (var document = new com.itextpdf.layout.Document(
                new com.itextpdf.kernel.pdf.PdfDocument(new PdfWriter(to)))) {
            document.add(new com.itextpdf.layout.element.Paragraph("Contract of sale 12/2026"));
        }
    }

    private void byItext(String way, String name, String from, File to) throws Exception {
        KeyStore store = store(name);
        String alias = store.aliases().nextElement();
        PrivateKey key = (PrivateKey) store.getKey(alias, PASSWORD);
        try (PdfReader reader = new PdfReader(from); OutputStream out = new FileOutputStream(to)) {
            PdfSigner signer = new PdfSigner(reader, out, new StampingProperties().useAppendMode());
            SignerProperties how = new SignerProperties()
                    .setFieldName("Signature1").setReason("Agreed").setClaimedSignDate(at);
            if (way.endsWith("-certified")) {
                how.setCertificationLevel(AccessPermissions.FORM_FIELDS_MODIFICATION);
            }
            if (way.endsWith("-seen")) {
                how.setPageNumber(1).setPageRect(new Rectangle(72, 500, 200, 60));
                how.setSignatureAppearance(
                        new com.itextpdf.forms.form.element.SignatureFieldAppearance("Signature1")
                                .setContent(new SignedAppearanceText().setSignedBy("Example office")));
            }
            signer.setSignerProperties(how);
            signer.signDetached(
                    new BouncyCastleDigest(),
                    new PrivateKeySignature(key, DigestAlgorithms.SHA256, "BC"),
                    store.getCertificateChain(alias),
                    null, null, null, ROOM, PdfSigner.CryptoStandard.CADES);
        }
    }

    // --- OpenPDF --------------------------------------------------------------------------------

    private static void openpdfPage(File to) throws Exception {
        Document document = new Document();
        com.lowagie.text.pdf.PdfWriter.getInstance(document, new FileOutputStream(to));
        document.open();
        document.add(new Paragraph("Contract of sale 12/2026"));
        document.close();
    }

    private void byOpenpdf(String name, String from, File to) throws Exception {
        KeyStore store = store(name);
        String alias = store.aliases().nextElement();
        PrivateKey key = (PrivateKey) store.getKey(alias, PASSWORD);
        Certificate[] chain = store.getCertificateChain(alias);
        try (OutputStream out = new FileOutputStream(to)) {
            PdfStamper stamper = PdfStamper.createSignature(
                    new com.lowagie.text.pdf.PdfReader(from), out, '\0', null, true);
            PdfSignatureAppearance appearance = stamper.getSignatureAppearance();
            appearance.setSignDate(at);
            PdfSignature dictionary = new PdfSignature(
                    PdfName.ADOBE_PPKLITE, new PdfName("adbe.pkcs7.detached"));
            dictionary.setDate(new PdfDate(at));
            dictionary.setName("Example office");
            appearance.setCryptoDictionary(dictionary);
            Map<PdfName, Integer> room = new HashMap<>();
            room.put(PdfName.CONTENTS, ROOM * 2 + 2);
            appearance.preClose(room);
            byte[] cms = cms(key, chain, appearance.getRangeStream().readAllBytes());
            PdfDictionary last = new PdfDictionary();
            last.put(PdfName.CONTENTS, new PdfString(Arrays.copyOf(cms, ROOM)).setHexWriting(true));
            appearance.close(last);
        }
    }

    private static byte[] cms(PrivateKey key, Certificate[] chain, byte[] content) throws Exception {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(new JcaContentSignerBuilder(algorithm).build(key),
                                new JcaX509CertificateHolder((X509Certificate) chain[0])));
        generator.addCertificates(new JcaCertStore(Arrays.asList(chain)));
        return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
    }
}
