package twostacks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the module of files and experiments may know. */
@AnalyzeClasses(
        packages = "twostacks",
        importOptions = {ImportOption.DoNotIncludeTests.class, LayeringTest.ThisModule.class})
final class LayeringTest {

    /** Leaves out the model, which stands on the same class path and has rules of its own. */
    static final class ThisModule implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("sim-core");
        }
    }

    @ArchTest
    static final ArchRule theLibraryKnowsNoCommandLineAndNoAnalysis = noClasses()
            .should()
            .dependOnClassesThat(are(resideInAnyPackage("picocli..", "twostacks.cli..", "twostacks.analysis..")));

    @ArchTest
    static final ArchRule theLibraryPrintsNothing = noClasses().should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule theLibraryNeverEndsTheProcess = noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule theEngineIsTheModelsAffair = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("sim..", "ec..").as("classes of MASON"));

    @ArchTest
    static final ArchRule noStateIsShared = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule whatIsReadDoesNotKnowWhatIsDoneWithIt = noClasses()
            .that(are(resideInAnyPackage("twostacks.scenario..", "twostacks.facts..")))
            .should()
            .dependOnClassesThat(are(resideInAnyPackage("twostacks.experiment..", "twostacks.output..")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("twostacks.(*)..").should().beFreeOfCycles();
}
