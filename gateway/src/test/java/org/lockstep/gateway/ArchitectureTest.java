package org.lockstep.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest
{
    private final JavaClasses classes =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.lockstep");

    @Test
    void shouldKnowNeitherJournalNorTools()
    {
        noClasses().that().resideInAPackage("org.lockstep.gateway..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.lockstep.journal..", "org.lockstep.tools..", "net.openhft..")
            .check(classes);
    }

    @Test
    void shouldKeepClientsApartFromVenues()
    {
        noClasses().that().resideInAPackage("org.lockstep.gateway.client..")
            .should().dependOnClassesThat().resideInAPackage("org.lockstep.gateway.venue.binance..")
            .allowEmptyShould(true)
            .check(classes);
    }

    @Test
    void shouldKeepWhatVenuesShareFreeOfAnyVenue()
    {
        noClasses().that().resideInAnyPackage("org.lockstep.gateway.venue", "org.lockstep.gateway.net..")
            .should().dependOnClassesThat().resideInAPackage("org.lockstep.gateway.venue.binance..")
            .check(classes);
    }

    @Test
    void shouldKeepTheEngineFreeOfTheGateway()
    {
        noClasses().that().resideInAPackage("org.lockstep.engine..")
            .should().dependOnClassesThat().resideInAnyPackage("org.lockstep.gateway..", "io.netty..")
            .check(classes);
    }
}
