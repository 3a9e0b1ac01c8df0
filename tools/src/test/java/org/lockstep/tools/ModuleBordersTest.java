package org.lockstep.tools;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md, over the classes of all modules. */
class ModuleBordersTest
{
    private static final String ENGINE = "org.lockstep.engine..";
    private static final String JOURNAL = "org.lockstep.journal..";
    private static final String GATEWAY = "org.lockstep.gateway..";
    private static final String TOOLS = "org.lockstep.tools..";

    private final JavaClasses classes = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.lockstep");

    @Test
    void shouldKeepEngineFreeOfEverybodyElse()
    {
        noClasses().that().resideInAPackage(ENGINE).should().dependOnClassesThat()
            .resideInAnyPackage(JOURNAL, GATEWAY, TOOLS, "io.netty..", "net.openhft..", "com.fasterxml..")
            .check(classes);
    }

    @Test
    void shouldKeepJournalAndGatewayApart()
    {
        noClasses().that().resideInAPackage(JOURNAL).should().dependOnClassesThat()
            .resideInAnyPackage(GATEWAY, TOOLS, "io.netty..").check(classes);
        noClasses().that().resideInAPackage(GATEWAY).should().dependOnClassesThat()
            .resideInAnyPackage(JOURNAL, TOOLS, "net.openhft..").check(classes);
    }

    @Test
    void shouldKeepSimulatorIndependentOfTheFeedItTests()
    {
        noClasses().that().resideInAPackage("org.lockstep.tools.simulator..").should().dependOnClassesThat()
            .resideInAnyPackage("org.lockstep.gateway.venue..", "org.lockstep.gateway.net..").check(classes);
    }

    @Test
    void shouldKeepClientServerApartFromVenues()
    {
        noClasses().that().resideInAPackage("org.lockstep.gateway.client..").should().dependOnClassesThat()
            .resideInAPackage("org.lockstep.gateway.venue..").check(classes);
    }
}
