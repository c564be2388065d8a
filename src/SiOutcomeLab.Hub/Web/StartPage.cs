using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web;

/// <summary>What this is, and where to go.</summary>
internal static class StartPage
{
    public static Page Of(PageRequest request)
    {
        var language = request.Language;
        return new Page(
            language.Pick("Nationellt utfallslabb för sociala investeringar", "A national outcomes lab for social investments"),
            P(language.Pick(
                "Kommuner skickar pseudonymiserad uppföljning av sina tidiga insatser. Labbet jämför deltagarna med liknande personer "
                    + "enligt en plan som låsts i förväg, granskar sin egen jämförelse innan utfallet läses, och släpper bara det som kan "
                    + "visas utan att röja någon.",
                "Municipalities send pseudonymised follow-up of their early interventions. The lab compares participants with similar "
                    + "persons by a plan locked beforehand, judges its own comparison before the outcome is read, and releases only what "
                    + "can be shown without giving anybody away.")).With("class", "lead"),
            Ul(
                Li(
                    A(language.Href("/effects"), language.Pick("Effekter", "Effects")), " – ",
                    language.Pick("vad insatserna gav, med intervall och vad man får dra för slutsats.",
                        "what interventions gave, with intervals and what may be concluded.")),
                Li(
                    A(language.Href("/benchmarks"), language.Pick("Metoder över kommuner", "Methods over municipalities")), " – ",
                    language.Pick("vad en metod ger när kommunerna vägs samman, och vad en ny kommun kan vänta sig.",
                        "what a method gives when municipalities are pooled, and what a further one may expect.")),
                Li(
                    A(language.Href("/costs"), language.Pick("Kronor", "Kronor")), " – ",
                    language.Pick("vad målgruppen kostar, vad effekten är värd och vem som sparar.",
                        "what the target group costs, what the effect is worth and who saves.")),
                Li(
                    A(language.Href("/plans"), language.Pick("Planer", "Plans")), " – ",
                    language.Pick("vad som ska skattas och när, låst innan svaret finns.",
                        "what will be estimated and when, locked before the answer is there."))),
            Section(
                "read", language.Pick("Så läser du talen", "How to read the numbers"),
                Ul(
                    Li(language.Pick(
                        "Ett intervall visar hur stor effekten rimligen kan vara. Rymmer det noll vet vi inte åt vilket håll insatsen verkar.",
                        "An interval shows how large the effect may reasonably be. When it holds zero, we do not know which way the intervention works.")),
                    Li(language.Pick(
                        "Verifierad betyder att planen låstes före utfallen, att det är planens sista titt och att alla prövningar är godkända. "
                            + "Allt annat är indikativt och betalar ingenting.",
                        "Verified means that the plan was locked before the outcomes, that this is its last look and that every test was passed. "
                            + "Everything else is indicative and pays nothing.")),
                    Li(language.Pick(
                        "”Visas inte” betyder att talet finns men att det vilar på för få personer för att kunna visas. Det är inte noll.",
                        "“Withheld” means that the number exists but rests on too few persons to be shown. It is not zero.")))));
    }
}
