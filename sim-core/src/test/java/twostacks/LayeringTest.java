package twostacks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Calendar;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the model may know. A package that is named in no rule here holds an equation: it may use the parameters and the
 * mathematics, and nothing else of ours.
 */
@AnalyzeClasses(packages = "twostacks", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayeringTest {

    private static final String PARAMETERS = "twostacks.parameters..";
    private static final String MATHS = "twostacks.maths..";
    private static final String RANDOM = "twostacks.random..";
    private static final String POLICY = "twostacks.policy..";
    private static final String POPULATION = "twostacks.population..";
    private static final String AGENTS = "twostacks.agents..";
    private static final String WORLD = "twostacks.world..";
    private static final String OUTCOME = "twostacks.outcome..";

    private static final DescribedPredicate<JavaClass> OURS =
            resideInAPackage("twostacks..").as("classes of the model");

    private static final DescribedPredicate<JavaClass> MASON =
            resideInAnyPackage("sim..", "ec..").as("classes of MASON");

    private static final DescribedPredicate<JavaClass> STEPPABLE_AGENTS =
            resideInAPackage(AGENTS).and(assignableTo("sim.engine.Steppable")).as("agents that MASON steps");

    private static final DescribedPredicate<JavaClass> EQUATIONS = OURS.and(not(resideInAnyPackage(
                    "twostacks", PARAMETERS, MATHS, RANDOM, POLICY, POPULATION, AGENTS, WORLD, OUTCOME)))
            .as("equations");

    // Towards the world outside.

    @ArchTest
    static final ArchRule theModelKnowsNoFileAndNoNetwork = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                    .and(not(belongToAnyOf(Serializable.class)))
                    .as("files or the network"));

    @ArchTest
    static final ArchRule theModelKnowsNoClock = noClasses()
            .should()
            .callMethodWhere(aCallTo("now", "java.time.")
                    .or(aCallTo("system.*|tick.*", "java.time.Clock"))
                    .or(aCallTo("currentTimeMillis|nanoTime", "java.lang.System"))
                    .as("a clock is asked"))
            .orShould()
            .dependOnClassesThat(belongToAnyOf(Date.class, Calendar.class));

    @ArchTest
    static final ArchRule theModelKnowsNoConsole = noClasses().should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule theModelKnowsNoProcess = noClasses()
            .should()
            .callMethodWhere(aCallTo("exit|getenv|getProperty|getProperties", "java.lang.System")
                    .or(aCallTo("exit|halt|exec|addShutdownHook", "java.lang.Runtime"))
                    .as("the process or its surroundings are asked"));

    // Towards equal results.

    @ArchTest
    static final ArchRule luckComesFromTheKeyedStreamsOnly = noClasses()
            .should()
            .dependOnClassesThat(belongToAnyOf(Random.class, ThreadLocalRandom.class, SecureRandom.class))
            .orShould()
            .callMethodWhere(aCallTo("random", "java.lang.(Strict)?Math")
                    .or(aCallTo("randomUUID", "java.util.UUID"))
                    .or(aCallTo("shuffle", "java.util.Collections"))
                    .as("luck is drawn that no key decides"));

    @ArchTest
    static final ArchRule nobodyDrawsFromMasonsGenerator = noClasses()
            .should()
            .accessFieldWhere(JavaAccess.Predicates.target(name("random"))
                    .and(JavaAccess.Predicates.target(owner(assignableTo("sim.engine.SimState"))))
                    .as("MASON's own generator is used"))
            .orShould()
            .dependOnClassesThat(resideInAPackage("ec.util..").as("MASON's own generators"));

    @ArchTest
    static final ArchRule whatReachesAResultIsComputedAlikeEverywhere = noClasses()
            .should()
            .callMethodWhere(aCallTo(
                            "exp|expm1|log|log10|log1p|pow|cbrt|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|hypot",
                            "java.lang.Math")
                    .as("a function of Math is called that platforms may compute otherwise in the last digit"))
            .because("StrictMath and our own approximations give the same bits everywhere");

    @ArchTest
    static final ArchRule noStateOutlivesAWorld = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .andShould()
            .notHaveRawType(DescribedPredicate.or(
                            resideInAnyPackage("java.util.concurrent.."),
                            assignableTo(ThreadLocal.class),
                            assignableTo(StringBuilder.class),
                            assignableTo("org.apache.commons.rng.UniformRandomProvider"))
                    .as("something made to change"));

    // Towards one another.

    @ArchTest
    static final ArchRule onlyTheWorldKnowsMason = noClasses()
            .that(are(not(resideInAPackage(WORLD))))
            .and(are(not(STEPPABLE_AGENTS)))
            .should()
            .dependOnClassesThat(MASON);

    @ArchTest
    static final ArchRule anAgentKnowsNoMoreOfMasonThanThatItIsStepped = noClasses()
            .that(are(STEPPABLE_AGENTS))
            .should()
            .dependOnClassesThat(
                    MASON.and(not(resideInAPackage("sim.engine"))).as("classes of MASON outside its engine"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule parametersStandAlone = onlyMayUse(PARAMETERS, resideInAnyPackage(PARAMETERS));

    @ArchTest
    static final ArchRule mathsStandsAlone = onlyMayUse(MATHS, resideInAnyPackage(MATHS));

    @ArchTest
    static final ArchRule randomUsesMathsAtMost = onlyMayUse(RANDOM, resideInAnyPackage(RANDOM, MATHS));

    @ArchTest
    static final ArchRule equationsUseParametersAndMathsAtMost = noClasses()
            .that(are(EQUATIONS))
            .should()
            .dependOnClassesThat(OURS.and(not(EQUATIONS))
                    .and(not(resideInAnyPackage(PARAMETERS, MATHS)))
                    .and(not(assignableTo(Enum.class)))
                    .as("the model outside parameters, maths, the names of the field and equations"));

    @ArchTest
    static final ArchRule noEquationUsesAnother = slices().matching("twostacks.(*)..")
            .that(new DescribedPredicate<>("hold equations") {
                @Override
                public boolean test(com.tngtech.archunit.library.dependencies.Slice slice) {
                    return slice.stream().allMatch(EQUATIONS);
                }
            })
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule policiesAndAgentsDoNotKnowTheWorld = noClasses()
            .that(are(not(resideInAnyPackage(WORLD, OUTCOME))))
            .should()
            .dependOnClassesThat(are(resideInAnyPackage(WORLD, OUTCOME)));

    @ArchTest
    static final ArchRule theWorldDoesNotKnowWhatIsReportedOfIt = noClasses()
            .that(are(resideInAnyPackage(WORLD)))
            .should()
            .dependOnClassesThat(are(resideInAPackage(OUTCOME)));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("twostacks.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassHasItsRoom = classes().should().resideInAPackage("twostacks.*..");

    private static ArchRule onlyMayUse(String who, DescribedPredicate<JavaClass> whom) {
        return noClasses()
                .that(are(resideInAPackage(who)))
                .should()
                .dependOnClassesThat(OURS.and(not(whom)).as("any other part of the model"));
    }

    private static DescribedPredicate<JavaAccess<?>> aCallTo(String method, String ownerPattern) {
        return JavaAccess.Predicates.target(nameMatching(method))
                .and(JavaAccess.Predicates.target(owner(nameMatching(ownerPattern + ".*"))))
                .forSubtype();
    }
}
