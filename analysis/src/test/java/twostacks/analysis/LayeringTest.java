package twostacks.analysis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the module of analysis may know: result files, and nothing of the simulation that wrote them. */
@AnalyzeClasses(packages = "twostacks", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayeringTest {

    @ArchTest
    static final ArchRule everyClassHasItsRoom =
            classes().should().resideInAPackage("twostacks.analysis..").allowEmptyShould(true);

    @ArchTest
    static final ArchRule analysisKnowsResultFilesOnly = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("twostacks..")
                    .and(not(resideInAPackage("twostacks.analysis..")))
                    .as("any other part of twostacks"))
            .orShould()
            .dependOnClassesThat(
                    resideInAnyPackage("sim..", "ec..", "picocli..").as("MASON or picocli"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule analysisPrintsNothing =
            noClasses().should(ACCESS_STANDARD_STREAMS).allowEmptyShould(true);

    @ArchTest
    static final ArchRule analysisNeverEndsTheProcess = noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noStateIsShared =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);
}
