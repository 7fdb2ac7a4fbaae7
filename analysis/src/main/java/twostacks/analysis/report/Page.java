package twostacks.analysis.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The page: its parts, which are resources beside this class, put together. */
final class Page {
    private static final List<String> SCRIPTS = List.of(
            "vendor.js",
            "base.js",
            "data.js",
            "map.js",
            "charts.js",
            "run.js",
            "comparison.js",
            "sweep.js",
            "hindcast.js",
            "report.js");

    private Page() {}

    /** The page with its data in it. */
    static String html(String title, String data) {
        StringBuilder script = new StringBuilder(1 << 17);
        for (String name : SCRIPTS) {
            script.append(Assets.text(name)).append('\n');
        }
        String style = Assets.text("page.css");
        String policy = "default-src 'none'; script-src '" + hash(script.toString()) + "'; style-src '" + hash(style)
                + "'; img-src data: blob:; base-uri 'none'; form-action 'none'";
        return Assets.text("report.html")
                .replace("{{policy}}", policy)
                .replace("{{title}}", escape(title))
                .replace("{{style}}", style)
                .replace("{{script}}", script)
                .replace("{{data}}", data);
    }

    /** Text that may stand in an element or an attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
