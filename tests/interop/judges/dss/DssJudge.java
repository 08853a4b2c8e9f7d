import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlDigestMatcher;
import eu.europa.esig.dss.diagnostic.jaxb.XmlSignatureScope;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.policy.ValidationPolicy;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.policy.ValidationPolicyLoader;
import eu.europa.esig.dss.validation.reports.Reports;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * What the EU's DSS says of signed PDFs, given one trusted root and nothing online.
 *
 * <pre>java -cp … DssJudge ROOT.der [verdicts]</pre>
 *
 * With "verdicts" it says of each signature what DSS makes of it, and draws nothing itself.
 *
 * Standard input has one line per file, in columns with tabs: the time to validate at (seconds
 * since 1970), the CRLs that are supplied (paths with commas, or "-"), the file. Standard output has
 * one JSON object per line. The policy is DSS's own.
 */
public final class DssJudge {
    private static final int COLUMNS = 3;
    private static final float DPI = 100;

    private final CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    private final ValidationPolicy policy =
            ValidationPolicyLoader.fromDefaultValidationPolicy().withDefaultCryptographicSuite().create();

    private final boolean verdictsAlone;

    private DssJudge(File root, boolean verdictsAlone) throws Exception {
        trusted.addCertificate(DSSUtils.loadCertificate(root));
        this.verdictsAlone = verdictsAlone;
    }

    public static void main(String[] arguments) throws Exception {
        boolean verdictsAlone = arguments.length > 1 && arguments[1].equals("verdicts");
        DssJudge judge = new DssJudge(new File(arguments[0]), verdictsAlone);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader jobs =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
            String[] parts = job.split("\t", COLUMNS);
            Date at = Date.from(Instant.ofEpochSecond(Long.parseLong(parts[0])));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("file", parts[2]);
            try {
                judge.judge(Files.readAllBytes(Path.of(parts[2])), at, crls(parts[1]), answer);
            } catch (Exception | StackOverflowError | OutOfMemoryError problem) {
                answer.put("error", String.valueOf(problem));
            }
            out.println(json(answer));
        }
    }

    private static DSSDocument[] crls(String paths) {
        return paths.equals("-")
                ? new DSSDocument[0]
                : Arrays.stream(paths.split(",")).map(FileDocument::new).toArray(DSSDocument[]::new);
    }

    private void judge(byte[] file, Date at, DSSDocument[] crls, Map<String, Object> answer)
            throws IOException {
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null); // the only source that is online by default
        verifier.setTrustedCertSources(trusted);
        if (crls.length > 0) {
            verifier.setCrlSource(new ExternalResourcesCRLSource(crls));
        }
        PDFDocumentValidator validator = new PDFDocumentValidator(new InMemoryDocument(file));
        validator.setCertificateVerifier(verifier);
        validator.setValidationTime(at);
        validator.setEnableEtsiValidationReport(false);
        Reports reports = validator.validateDocument(policy);

        List<Map<String, Object>> signatures = new ArrayList<>();
        answer.put("signatures", signatures);
        if (verdictsAlone) {
            for (SignatureWrapper signature : reports.getDiagnosticData().getSignatures()) {
                signatures.add(verdict(reports.getSimpleReport(), signature.getId()));
            }
            return;
        }
        List<BufferedImage> last = draw(file);
        for (SignatureWrapper signature : reports.getDiagnosticData().getSignatures()) {
            Map<String, Object> found = facts(signature, reports.getSimpleReport());
            found.put("verdict", verdict(reports.getSimpleReport(), signature.getId()));
            found.put("timestamps", timestamps(signature, reports.getSimpleReport()));
            int end = end(signature.getPDFRevision());
            found.put("covers_to_end", end == file.length);
            found.put("pixels_changed",
                    end == file.length ? 0 : differences(draw(Arrays.copyOf(file, end)), last));
            signatures.add(found);
        }
    }

    private static Map<String, Object> facts(SignatureWrapper signature, SimpleReport report) {
        PDFRevisionWrapper pdf = signature.getPDFRevision();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("field", pdf.getFirstFieldName());
        found.put("signed_by", report.getSignedBy(signature.getId()));
        found.put("format", String.valueOf(report.getSignatureFormat(signature.getId())));
        found.put("algorithm", String.valueOf(signature.getSignatureAlgorithm()));
        found.put("key_length", signature.getKeyLengthUsedToSignThisToken());
        found.put("intact", signature.isSignatureIntact());
        found.put("valid", signature.isSignatureValid());
        found.put("data_intact", dataIntact(signature.getDigestMatchers()));
        found.put("structure", signature.isStructuralValidationValid());
        found.put("structure_messages", signature.getStructuralValidationMessages());
        found.put("byte_range", pdf.isSignatureByteRangeValid());
        found.put("dictionary_consistent", pdf.isPdfSignatureDictionaryConsistent());
        found.put("sub_filter", pdf.getSubFilter());
        found.put("doc_mdp", pdf.getDocMDPPermissions() == null
                ? null : pdf.getDocMDPPermissions().getCode());
        found.put("certificate_reference", signature.isSigningCertificateReferencePresent()
                && signature.isSigningCertificateReferenceUnique()
                && signature.getSigningCertificateReference().isIssuerSerialMatch());
        found.put("trusted_chain", signature.isTrustedChain());
        List<String> scopes = new ArrayList<>();
        for (XmlSignatureScope scope : signature.getSignatureScopes()) {
            scopes.add(String.valueOf(scope.getScope()));
        }
        found.put("scopes", scopes);
        found.put("changed_pages", pdf.getPdfPageDifferenceConcernedPages().size());
        found.put("overlaps", pdf.getPdfAnnotationsOverlapConcernedPages().size());
        found.put("annotation_changes", pdf.getPdfAnnotationChanges().size());
        found.put("undefined_changes", pdf.getPdfUndefinedChanges().size());
        return found;
    }

    private static List<String> timestamps(SignatureWrapper signature, SimpleReport report) {
        List<String> said = new ArrayList<>();
        for (TimestampWrapper timestamp : signature.getTimestampList()) {
            boolean whole = timestamp.isMessageImprintDataIntact() && timestamp.isSignatureValid();
            said.add(timestamp.getType() + " " + report.getIndication(timestamp.getId())
                    + (whole ? "" : " not intact"));
        }
        return said;
    }

    private static boolean dataIntact(List<XmlDigestMatcher> matchers) {
        return !matchers.isEmpty()
                && matchers.stream().allMatch(m -> m.isDataFound() && m.isDataIntact());
    }

    private static Map<String, Object> verdict(SimpleReport report, String id) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("indication", String.valueOf(report.getIndication(id)));
        said.put("sub_indication", report.getSubIndication(id) == null
                ? null : String.valueOf(report.getSubIndication(id)));
        said.put("errors", messages(report.getAdESValidationErrors(id)));
        said.put("warnings", messages(report.getAdESValidationWarnings(id)));
        said.put("infos", messages(report.getAdESValidationInfo(id)));
        return said;
    }

    private static List<String> messages(List<Message> messages) {
        List<String> keys = new ArrayList<>();
        for (Message message : messages) {
            keys.add(message.getKey() + ": " + message.getValue());
        }
        return keys;
    }

    private static int end(PDFRevisionWrapper pdf) {
        return pdf.getSignatureByteRange().get(2).intValueExact()
                + pdf.getSignatureByteRange().get(3).intValueExact();
    }

    /** Every page as PDFBox draws it, with everything that is on it. */
    private static List<BufferedImage> draw(byte[] file) throws IOException {
        List<BufferedImage> pages = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(file)) {
            PDFRenderer renderer = new PDFRenderer(document);
            for (int page = 0; page < document.getNumberOfPages(); page++) {
                pages.add(renderer.renderImageWithDPI(page, DPI));
            }
        }
        return pages;
    }

    private static int differences(List<BufferedImage> before, List<BufferedImage> after) {
        if (before.size() != after.size()) {
            return Integer.MAX_VALUE;
        }
        int found = 0;
        for (int page = 0; page < before.size(); page++) {
            BufferedImage one = before.get(page);
            BufferedImage two = after.get(page);
            if (one.getWidth() != two.getWidth() || one.getHeight() != two.getHeight()) {
                return Integer.MAX_VALUE;
            }
            int[] a = one.getRGB(0, 0, one.getWidth(), one.getHeight(), null, 0, one.getWidth());
            int[] b = two.getRGB(0, 0, two.getWidth(), two.getHeight(), null, 0, two.getWidth());
            for (int i = 0; i < a.length; i++) {
                found += a[i] == b[i] ? 0 : 1;
            }
        }
        return found;
    }

    private static String json(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return String.valueOf(value);
        }
        List<String> parts = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> parts.add(json(key) + ":" + json(inner)));
            return "{" + String.join(",", parts) + "}";
        }
        if (value instanceof Collection<?> list) {
            list.forEach(inner -> parts.add(json(inner)));
            return "[" + String.join(",", parts) + "]";
        }
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray()) {
            text.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : c);
        }
        return text.append('"').toString();
    }
}
