package twostacks.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the command line may know. */
@AnalyzeClasses(packages = "twostacks.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayeringTest {

    @ArchTest
    static final ArchRule theEngineIsTheModelsAffair = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("sim..", "ec..").as("classes of MASON"));

    @ArchTest
    static final ArchRule onlyMainEndsTheProcess = noClasses()
            .that(are(not(belongToAnyOf(Main.class))))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule noCommandPrintsAStackTrace = noClasses()
            .that(are(not(belongToAnyOf(Failures.class))))
            .should()
            .callMethodWhere(target(name("printStackTrace")).as("a stack trace is printed"));

    @ArchTest
    static final ArchRule noStateIsShared = fields().that().areStatic().should().beFinal();
}
