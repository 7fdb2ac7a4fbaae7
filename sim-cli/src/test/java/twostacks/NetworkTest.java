package twostacks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The program asks no network for anything; the one thing that it answers is the explorer's page, on this machine. */
@AnalyzeClasses(packages = "twostacks", importOptions = ImportOption.DoNotIncludeTests.class)
final class NetworkTest {
    private static final List<String> CONNECTING = List.of(
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.MulticastSocket",
            "java.net.URLConnection",
            "java.net.HttpURLConnection",
            "java.nio.channels.SocketChannel",
            "java.nio.channels.ServerSocketChannel",
            "java.nio.channels.DatagramChannel",
            "java.nio.channels.AsynchronousSocketChannel",
            "java.nio.channels.AsynchronousServerSocketChannel");

    private static boolean connects(JavaClass type) {
        return CONNECTING.contains(type.getName())
                || type.getPackageName().startsWith("java.net.http")
                || type.getPackageName().startsWith("javax.net")
                || type.getPackageName().startsWith("java.rmi")
                || type.getPackageName().startsWith("javax.naming");
    }

    @ArchTest
    static final ArchRule nothingOpensAConnection = noClasses()
            .should()
            .dependOnClassesThat(describe("open connections", NetworkTest::connects))
            .orShould()
            .callMethod(java.net.URL.class, "openStream")
            .orShould()
            .callMethod(java.net.URL.class, "openConnection");

    @ArchTest
    static final ArchRule onlyTheExplorerIsServed = noClasses()
            .that()
            .resideOutsideOfPackage("twostacks.cli.explore")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net.httpserver");

    @ArchTest
    static final ArchRule nothingIsBuiltFromSerialisedObjects =
            noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class);
}
