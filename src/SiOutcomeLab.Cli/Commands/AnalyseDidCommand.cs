using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Analysing.Panels;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse did</c>: staggered difference-in-differences of Callaway and Sant'Anna.</summary>
internal static class AnalyseDidCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("did", host.T(
            "Skillnad i skillnader med olika starttider (Callaway–Sant'Anna): att(g,t) och fyra medelvärden. Grundvalen är R:s did: varierande basperiod, ingen förväntan i förväg, analytiska fel.",
            "Staggered difference-in-differences (Callaway–Sant'Anna): att(g,t) and four averages. The defaults are those of R's did: varying base period, no anticipation, analytical errors."));
        var file = new InputOptions(host, command, new("enhet och period", "unit and period"));
        var outcome = Column("--outcome", host.T("Utfallet.", "The outcome."), true);
        var time = Column("--time", host.T("Perioden, ett heltal.", "The period, a whole number."), true);
        var id = Column("--id", host.T(
            "Enheten; utan den är raderna upprepade tvärsnitt.",
            "The unit; without it rows are repeated cross-sections."));
        var first = Column("--first-treated", host.T(
            "Första behandlade period; 0 eller tomt: aldrig.",
            "First treated period; 0 or empty: never."), true);
        var covariates = NameList.Create("--covariates", host.T(
            "Kovariater som är tal, från före start.",
            "Covariates that are numbers, from before the start."));
        var categorical = NameList.Create("--categorical", host.T("Kovariater som är grupper.", "Covariates that are groups."));
        var cluster = Column("--cluster", host.T("Grupp av enheter som hänger ihop.", "Group of units that depend on each other."));
        var weights = Column("--weights", host.T("Urvalsvikt, över noll.", "Sampling weight, above zero."));
        var control = Choice<ControlGroup>.Create(
            host, "--control", host.T("Jämför med de aldrig eller ännu inte behandlade.", "Compare with the never or the not yet treated."),
            ("never", ControlGroup.NeverTreated), ("notyet", ControlGroup.NotYetTreated));
        var method = Choice<DifferenceMethod>.Create(
            host, "--method", host.T(
                "dr dubbelt robust, ipw vikter, reg utfallsregression, imp Sant'Anna och Zhaos förbättrade.",
                "dr doubly robust, ipw weights, reg outcome regression, imp Sant'Anna and Zhao's improved."),
            ("dr", DifferenceMethod.DoublyRobust), ("ipw", DifferenceMethod.InversePropensity), ("reg", DifferenceMethod.OutcomeRegression),
            ("imp", DifferenceMethod.ImprovedDoublyRobust));
        var from = Choice<BasePeriod>.Create(
            host, "--base", host.T("Basperiod.", "Base period."), ("varying", BasePeriod.Varying), ("universal", BasePeriod.Universal));
        var anticipation = NumberOption.Whole(host, "--anticipation", host.T(
            "Perioder i förväg som effekten kan börja.",
            "Periods ahead that the effect may begin."), 0, 0);
        var unbalanced = new Option<bool>("--unbalanced")
        {
            Description = host.T("Behåll enheter som inte finns i alla perioder.", "Keep units that are not in every period."),
        };
        var balance = new Option<int?>("--balance-event")
        {
            Description = host.T(
                "dynamic: bara grupper som följs minst så länge efter start.",
                "dynamic: only groups followed at least so long after the start."),
            HelpName = "E",
        };
        var bands = new Option<bool>("--bands") { Description = host.T(
            "Band som täcker alla samtidigt, med bootstrap.",
            "Bands that cover all at once, by bootstrap.") };
        var draws = NumberOption.Whole(host, "--draws", host.T("Dragningar för --bands.", "Draws of --bands."), 100, 1000);
        var seed = NumberOption.Whole(host, "--seed", host.T("Frö för --bands.", "Seed of --bands."), 0, 1);
        foreach (var option in new Option[]
        {
            outcome, time, id, first, covariates, categorical, cluster, weights, control.Option, method.Option, from.Option, anticipation, unbalanced,
            balance, bands, draws, seed,
        }) command.Add(option);
        command.Validators.Add(result => result.Only(host, result.Has(bands), "--bands", draws, seed));
        var plots = new PlotOptions(
            host, command, host.T(
                "Rita effekten period för period till en SVG-fil.",
                "Draw the effect period by period to an SVG file."), ReportPlots.EventStudy);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var choices = new PanelChoices
            {
                Data = file.Path(parse),
                Separator = file.Separator(parse),
                Outcome = parse.GetRequiredValue(outcome)!,
                Time = parse.GetRequiredValue(time)!,
                Id = parse.GetValue(id),
                FirstTreated = parse.GetRequiredValue(first)!,
                Covariates = NameList.Of(parse, covariates),
                Categorical = NameList.Of(parse, categorical),
                Cluster = parse.GetValue(cluster),
                Weights = parse.GetValue(weights),
                MethodWord = method.WordOf(parse),
                ControlWord = control.WordOf(parse),
                Options = new()
                {
                    Method = method.Of(parse),
                    Controls = control.Of(parse),
                    Base = from.Of(parse),
                    Anticipation = parse.GetValue(anticipation),
                    Level = file.Level(parse),
                },
                Unbalanced = parse.GetValue(unbalanced),
                BalanceEventTime = parse.GetValue(balance),
                Bands = parse.GetValue(bands) ? new(parse.GetValue(seed), parse.GetValue(draws)) : null,
            };
            var panel = await PanelFile.ReadAsync(choices, cancellationToken);
            return await AnalyseCommand.FinishAsync(host, parse, file, plots, PanelAnalysis.Run(panel, choices, cancellationToken), cancellationToken);
        });

        static Option<string?> Column(string name, string description, bool isRequired = false) =>
            new(name) { Description = description, HelpName = "COLUMN", Required = isRequired };
    }
}
