using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Templates;

/// <summary>The texts of the example folder.</summary>
internal static class TemplateTexts
{
    public static BilingualText HowTo { get; } = new(
        """
        En leverans, från början till slut
        ==================================
        Allt i den här mappen är påhittat; numren har födelsenummer 980-999 och är ingens. Kör här i mappen:

          silab identity key new --project exempel --out exempel.key.json
          silab pseudonymise --observations observationer.csv --participations deltaganden.csv --key exempel.key.json --settings installningar.json --out leverans
          silab validate leverans --key exempel.key.json --interventions interventions.json

        Sedan med egna uppgifter
        1. Fyll i installningar.json: organisation, projekt, perioder, vilka som ingår, rättslig grund, tillåten användning.
        2. Exportera ur verksamhetssystemet eller Excel till CSV. Mappen tom/ har alla rubriker; ta bort dem ni inte har.
           Hela målgruppen ska med, inte bara de som deltog: de andra är jämförelsen. En rad per person och period.
           Tom cell = inte känt. 0 = känt och noll.
        3. Egna rubriker och ord översätts under columns och values i inställningarna; silab contract visar vad som finns.
        4. Pseudonymisera, validera, rätta det som sägs (rad 1 är den första under rubriken) och gör om i en ny mapp.
        5. Registrera insatserna och sänd: silab interventions register interventions.json; silab push leverans

        Nyckelfilen lämnar aldrig er: inte till hubben, inte i e-post. Säkerhetskopiera den krypterad, skild från data. Går den förlorad måste allt
        sändas om. Alla som sänder till samma projekt (region, myndighet, grannkommun) använder samma nyckel; lämna över den öga mot öga.
        """,
        """
        A delivery, from beginning to end
        =================================
        Everything in this folder is made up; the numbers have serials 980-999 and are nobody's. Run here in the folder:

          silab identity key new --project exempel --out exempel.key.json
          silab pseudonymise --observations observationer.csv --participations deltaganden.csv --key exempel.key.json --settings installningar.json --out leverans
          silab validate leverans --key exempel.key.json --interventions interventions.json

        Then with your own data
        1. Fill in installningar.json: organisation, project, periods, whom it is about, legal basis, allowed uses.
        2. Export from the source system or Excel to CSV. The folder tom/ has every heading; remove those you do not have.
           The whole target group belongs in it, not only those who took part: the others are the comparison. One row per person and period.
           An empty cell = not known. 0 = known and zero.
        3. Your own headings and words are translated under columns and values in the settings; silab contract shows what there is.
        4. Pseudonymise, validate, mend what is told (row 1 is the first one below the heading) and do it again in a new folder.
        5. Register the interventions and send: silab interventions register interventions.json; silab push leverans

        The key file never leaves you: not to the hub, not by mail. Back it up encrypted, apart from data. If it is lost everything must be
        sent anew. All who send to the same project (region, agency, neighbour) use the same key; hand it over in person.
        """);

    public static string Settings(string organisation) => $$$"""
        {
          // Den egna koden: kommunens fyra siffror, eller koden i silab contract. / Your own code.
          "organisation": "{{{organisation}}}",
          "project": "exempel",
          "periods": "2024-Q1..2024-Q4",
          "population": {
            "definition": "Alla 20-49 år med ekonomiskt bistånd under 2024, även de som inte deltog.",
            "source": "Socialtjänstens verksamhetssystem."
          },
          "legal_basis": "Påhittat exempel utan personuppgifter.",
          // own_evaluation, comparison_for_others, pooled_results, research_data_sets
          "allowed_uses": ["own_evaluation", "comparison_for_others", "pooled_results"],
          // Egen rubrik: avtalets kolumn, eller null för att utelämna den. / Your heading: the contract's column, or null to leave it out.
          "columns": { "Handläggare": null },
          // Kolumn: eget ord: avtalets. / Column: your word: the contract's.
          "values": { "sex": { "K": "woman", "M": "man" } },
          // Texter som betyder att inget är känt. / Texts that mean that nothing is known.
          "null_values": ["uppgift saknas"]
        }

        """;

    public static string Interventions(string organisation) => $$$"""
        [
        {"Organisation":"{{{organisation}}}","Code":"{{{ExampleTables.Intervention}}}","Method":"ips","Name":{"Sv":"Jobbspår (påhittat)","En":"Job track (made up)"}}
        ]

        """;
}
