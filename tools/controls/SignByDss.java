import eu.europa.esig.dss.enumerations.CertificationPermission;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.TimestampBinary;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.SignatureImageParameters;
import eu.europa.esig.dss.pades.SignatureImageTextParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import eu.europa.esig.dss.pdf.pdfbox.visible.PdfBoxNativeFont;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/**
 * Signs PDFs with the EU's DSS and with PDFBox, and makes a page with PDFBox.
 *
 * <pre>java -cp … SignByDss FOLDER SECONDS</pre>
 *
 * FOLDER holds NAME.p12 (password "demo") for each name below and tsa.p12, root.der and crl-*.der;
 * SECONDS is the time of signing. Standard input has one line per file, in columns with tabs: what
 * to do, whose key, the file to sign, the file to write.
 */
public final class SignByDss {
    private static final char[] PASSWORD = "demo".toCharArray();

    private static final int PLAIN_ROOM = 4_000;
    private static final int STAMPED_ROOM = 6_500;
    private static final int BETWEEN_STAMPS = 7_200;

    private final File folder;
    private final Date at;
    private int stamps;

    private SignByDss(File folder, Date at) {
        this.folder = folder;
        this.at = at;
    }

    public static void main(String[] arguments) throws Exception {
        Date at = Date.from(Instant.ofEpochSecond(Long.parseLong(arguments[1])));
        SignByDss signer = new SignByDss(new File(arguments[0]), at);
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in));
        for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
            String[] parts = job.split("\t");
            String way = parts[0];
            if (way.equals("page")) {
                page(new File(parts[3]));
            } else if (way.startsWith("pdfbox")) {
                signer.byPdfbox(way, parts[1], new File(parts[2]), new File(parts[3]));
            } else {
                signer.byDss(way, parts[1], parts[2], parts[3]);
            }
        }
    }

    private record Identity(PrivateKey key, List<X509Certificate> chain) {}

    private Identity identity(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(new File(folder, name + ".p12").toPath())) {
            store.load(in, PASSWORD);
        }
        String alias = store.aliases().nextElement();
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate each : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) each);
        }
        return new Identity((PrivateKey) store.getKey(alias, PASSWORD), chain);
    }

    private static String algorithm(PrivateKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    // --- DSS ------------------------------------------------------------------------------------

    private void byDss(String way, String name, String from, String to) throws Exception {
        Identity identity = identity(name);
        List<CertificateToken> chain = new ArrayList<>();
        identity.chain().forEach(each -> chain.add(new CertificateToken(each)));
        PAdESSignatureParameters how = new PAdESSignatureParameters();
        how.setSignatureLevel(SignatureLevel.valueOf("PAdES_BASELINE_" + way.split("-")[1].toUpperCase()));
        how.setDigestAlgorithm(DigestAlgorithm.SHA256);
        how.setSigningCertificate(chain.get(0));
        how.setCertificateChain(chain);
        how.bLevel().setSigningDate(at);
        how.setContentSize(way.contains("-b") ? PLAIN_ROOM : STAMPED_ROOM);
        how.getArchiveTimestampParameters().setContentSize(PLAIN_ROOM);
        if (way.endsWith("-certified")) {
            how.setPermission(CertificationPermission.MINIMAL_CHANGES_PERMITTED);
        }
        if (way.endsWith("-seen")) {
            how.setImageParameters(seen());
        }
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null);
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(DSSUtils.loadCertificate(new File(folder, "root.der")));
        verifier.setTrustedCertSources(trusted);
        File[] crls = folder.listFiles((where, file) -> file.startsWith("crl-"));
        verifier.setCrlSource(new ExternalResourcesCRLSource(
                Arrays.stream(crls).map(FileDocument::new).toArray(DSSDocument[]::new)));
        PAdESService service = new PAdESService(verifier);
        service.setTspSource(source());
        service.setPdfObjFactory(new PdfBoxNativeObjectFactory());
        stamps = 0;
        DSSDocument document = new FileDocument(from);
        ToBeSigned data = service.getDataToSign(document, how);
        Signature signature = Signature.getInstance(algorithm(identity.key()));
        signature.initSign(identity.key());
        signature.update(data.getBytes());
        SignatureAlgorithm known = identity.key().getAlgorithm().equals("RSA")
                ? SignatureAlgorithm.RSA_SHA256 : SignatureAlgorithm.ECDSA_SHA256;
        service.signDocument(document, how, new SignatureValue(known, signature.sign())).save(to);
    }

    private static SignatureImageParameters seen() throws Exception {
        SignatureImageTextParameters text = new SignatureImageTextParameters();
        text.setText("Signed by the example office");
        text.setFont(new PdfBoxNativeFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA)));
        SignatureImageParameters image = new SignatureImageParameters();
        image.setTextParameters(text);
        image.getFieldParameters().setOriginX(72);
        image.getFieldParameters().setOriginY(600);
        image.getFieldParameters().setWidth(200);
        image.getFieldParameters().setHeight(40);
        return image;
    }

    private TSPSource source() {
        return new TSPSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public TimestampBinary getTimeStampResponse(DigestAlgorithm digest, byte[] value) {
                try {
                    return new TimestampBinary(token(digest.getOid(), value));
                } catch (Exception problem) {
                    throw new IllegalStateException(problem);
                }
            }
        };
    }

    private byte[] token(String algorithm, byte[] digest) throws Exception {
        Identity tsa = identity("tsa");
        TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder()
                        .build(algorithm(tsa.key()), tsa.key(), tsa.chain().get(0)),
                new JcaDigestCalculatorProviderBuilder().build().get(
                        new org.bouncycastle.asn1.x509.AlgorithmIdentifier(TSPAlgorithms.SHA256)),
                new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"));
        generator.addCertificates(new JcaCertStore(tsa.chain()));
        TimeStampRequestGenerator asking = new TimeStampRequestGenerator();
        asking.setCertReq(true);
        TimeStampRequest request = asking.generate(new ASN1ObjectIdentifier(algorithm), digest);
        Date later = Date.from(at.toInstant().plusSeconds(BETWEEN_STAMPS * stamps));
        stamps++;
        return generator.generate(request, BigInteger.valueOf(stamps), later).getEncoded();
    }

    // --- PDFBox ---------------------------------------------------------------------------------

    private static void page(File to) throws Exception {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream text = new PDPageContentStream(document, page)) {
                text.beginText();
                text.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
                text.newLineAtOffset(72, 700);
                text.showText("Contract of sale 12/2026");
                text.endText();
            }
            document.save(to);
        }
    }

    private void byPdfbox(String way, String name, File from, File to) throws Exception {
        Identity identity = identity(name);
        PDSignature signature = new PDSignature();
        signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
        signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
        signature.setName("Example office");
        signature.setReason("Agreed");
        Calendar when = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        when.setTime(at);
        signature.setSignDate(when);
        try (PDDocument document = Loader.loadPDF(from); OutputStream out = new FileOutputStream(to)) {
            document.addSignature(signature, content -> cms(identity, content));
            document.saveIncremental(out);
        }
    }

    private static byte[] cms(Identity identity, InputStream content) throws java.io.IOException {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .build(new JcaContentSignerBuilder(algorithm(identity.key())).build(identity.key()),
                                    new JcaX509CertificateHolder(identity.chain().get(0))));
            generator.addCertificates(new JcaCertStore(identity.chain()));
            return generator
                    .generate(new CMSProcessableByteArray(content.readAllBytes()), false)
                    .getEncoded();
        } catch (Exception problem) {
            throw new java.io.IOException(problem);
        }
    }
}
