// Validates PDFs with qpdf and the veraPDF engine.
//
//   java -cp JAR Validate.java FLAVOUR,… FILE…
//
// JAR contains the engine and its profiles. A flavour is veraPDF's name for a standard, as in `ua1,2a`.
// Prints one line per file, and one for each broken rule below it. Exits with 1 if a rule is broken or a file can't be read.

import java.io.File;
import java.util.*;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.*;

class Validate {
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset(); // the log adds nothing to the result
        VeraGreenfieldFoundryProvider.initialise();
        List<ValidationProfile> profiles = new ArrayList<>();
        for (String id : args[0].split(",")) profiles.add(profile(PDFAFlavour.byFlavourId(id)));
        boolean sound = true;
        for (String file : Arrays.asList(args).subList(1, args.length)) {
            List<String> faults = syntaxFaults(new File(file));
            for (ValidationProfile profile : profiles) faults.addAll(faults(new File(file), profile));
            System.out.println((faults.isEmpty() ? "ok      " : "BROKEN  ") + file);
            faults.forEach(fault -> System.out.println("        " + fault));
            sound &= faults.isEmpty();
        }
        System.exit(sound ? 0 : 1);
    }

    /** The errors and warnings from qpdf. */
    static List<String> syntaxFaults(File file) throws Exception {
        Process qpdf = new ProcessBuilder("qpdf", "--check", file.getAbsolutePath()).redirectErrorStream(true).start();
        List<String> lines = new String(qpdf.getInputStream().readAllBytes()).lines().toList();
        List<String> faults = new ArrayList<>();
        if (qpdf.waitFor() != 0) lines.forEach(line -> faults.add("qpdf: " + line));
        return faults;
    }

    /** One line for each broken rule of the profile. */
    static List<String> faults(File file, ValidationProfile profile) {
        String standard = profile.getDetails().getName();
        List<String> faults = new ArrayList<>();
        try (var parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
                var validator = Foundries.defaultInstance().createValidator(profile, 100, false, true, false)) {
            var result = validator.validate(parser);
            Map<RuleId, TestAssertion> examples = new HashMap<>();
            for (TestAssertion failed : result.getTestAssertions()) examples.putIfAbsent(failed.getRuleId(), failed);
            result.getFailedChecks().forEach((rule, times) -> faults.add(String.format("%s, %s test %d, %d times: %s",
                    standard, rule.getClause(), rule.getTestNumber(), times, message(examples.get(rule)))));
            if (faults.isEmpty() && !result.isCompliant()) faults.add(standard + ": not compliant, but no rule failed");
        } catch (Exception | LinkageError | StackOverflowError error) {
            faults.add(standard + ": cannot be read: " + error);
        }
        return faults;
    }

    static String message(TestAssertion failed) {
        if (failed == null) return "";
        return (failed.getErrorMessage() == null ? failed.getMessage() : failed.getErrorMessage()).replaceAll("\\s+", " ");
    }

    /** A profile from the jar. We read it ourselves, because the engine's own reader needs JAXB, which isn't in the jar. */
    static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String id = flavour.getId().toUpperCase(Locale.ROOT);
        boolean accessibility = id.startsWith("UA");
        String name = accessibility ? "PDFUA-" + id.substring(2) : "PDFA-" + id;
        Element root;
        try (var xml = PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : elements(root, "rule")) {
            Element place = elements(rule, "id").get(0);
            RuleId ruleId = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(place.getAttribute("specification")),
                    place.getAttribute("clause"), Integer.parseInt(place.getAttribute("testNumber")));
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element argument : elements(rule, "argument"))
                arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), null, null));
            rules.add(Profiles.ruleFromValues(ruleId, rule.getAttribute("object"),
                    Boolean.valueOf(rule.getAttribute("deferred")), rule.getAttribute("tags"), text(rule, "description"),
                    text(rule, "test"), Profiles.errorFromValues(text(rule, "message"), arguments), List.of()));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : elements(root, "variable"))
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                    text(variable, "defaultValue"), text(variable, "value")));
        if (rules.isEmpty()) throw new IllegalStateException("the profile " + name + " has no rules");
        String standard = accessibility ? "PDF/UA-" + id.substring(2) : "PDF/A-" + flavour.getId();
        var details = Profiles.profileDetailsFromValues(standard, "", "veraPDF", new Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    static List<Element> elements(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }

    static String text(Element parent, String tag) {
        return elements(parent, tag).get(0).getTextContent();
    }
}
