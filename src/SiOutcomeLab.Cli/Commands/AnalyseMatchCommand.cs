using System.CommandLine;
using System.CommandLine.Parsing;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Analysing.Studies;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse match</c>: matching, its balance, and the effect on those matched.</summary>
internal static class AnalyseMatchCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("match", host.T(
            "Matcha på propensitypoäng eller kovariater. Grundvalen är MatchIt:s: närmaste granne 1:1 utan återläggning på sannolikheten, störst poäng först, lika avstånd i filens ordning.",
            "Match on the propensity score or covariates. The defaults are MatchIt's: nearest neighbour 1:1 without replacement on the probability, largest score first, ties in the file's order."));
        var file = new InputOptions(host, command);
        var options = new MatchOptions(host, command);
        var study = new StudyOptions(host, command, file, options.NeedsCovariates, exact: true);
        var plots = new PlotOptions(
            host, command, host.T(
                "Rita balansen före och efter (love plot) till en SVG-fil.",
                "Draw balance before and after (love plot) to an SVG file."), ReportPlots.Love, hasOverlap: true);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var choices = options.Choices(parse) with { Level = file.Level(parse) };
            var rows = await StudyRows.ReadAsync(study.Columns(parse), cancellationToken);
            return await AnalyseCommand.FinishAsync(host, parse, file, plots, MatchAnalysis.Run(rows, choices, cancellationToken), cancellationToken);
        });
    }

    /// <summary>How to match.</summary>
    private sealed class MatchOptions
    {
        private readonly Choice<MatchMethod> _method;
        private readonly Choice<Estimand> _estimand;
        private readonly Choice<MatchDistance> _distance;
        private readonly Choice<MatchLink> _link;
        private readonly Choice<MatchingOrder?> _order;
        private readonly Choice<Discard> _discard;
        private readonly Option<int> _ratio;
        private readonly Option<int> _least;
        private readonly Option<int> _most;
        private readonly Option<bool> _replace;
        private readonly Option<double?> _caliper;
        private readonly Option<bool> _raw;
        private readonly Option<int?> _seed;
        private readonly Option<int> _subclasses;

        public MatchOptions(CommandHost host, Command command)
        {
            _method = Choice<MatchMethod>.Create(
                host, "--method", host.T("Hur rader förs samman.", "How rows are put together."),
                ("nearest", MatchMethod.Nearest), ("optimal", MatchMethod.Optimal), ("full", MatchMethod.Full), ("subclass", MatchMethod.Subclass),
                ("exact", MatchMethod.Exact), ("cem", MatchMethod.Coarsened));
            _estimand = Choice<Estimand>.Create(
                host, "--estimand", host.T(
                    "Vems effekt; ATE med full, subclass, exact och cem.",
                    "Whose effect; ATE with full, subclass, exact and cem."),
                ("ATT", Estimand.Treated), ("ATC", Estimand.Untreated), ("ATE", Estimand.Everyone));
            _distance = Choice<MatchDistance>.Create(
                host, "--distance", host.T(
                    "Vad som är nära: propensitypoängen (glm) eller kovariaterna själva.",
                    "What is near: the propensity score (glm) or the covariates themselves."),
                ("glm", MatchDistance.Score), ("mahalanobis", MatchDistance.Mahalanobis), ("robust_mahalanobis", MatchDistance.RobustMahalanobis));
            _link = Choice<MatchLink>.Create(
                host, "--link", host.T(
                    "Poängens skala: logit och probit matchar på sannolikheten, linear.logit på log-oddsen.",
                    "The score's scale: logit and probit match on the probability, linear.logit on its log odds."),
                ("logit", MatchLink.Logit), ("linear.logit", MatchLink.LinearLogit), ("probit", MatchLink.Probit));
            _ratio = NumberOption.Whole(host, "--ratio", host.T(
                "Jämförelserader per behandlad.",
                "Comparison rows per treated row."), 1, 1);
            _least = NumberOption.Whole(host, "--min-controls", host.T(
                "Minst så många, med --max-controls: varierande antal.",
                "At least so many, with --max-controls: a ratio that varies."), 1, 1);
            _most = NumberOption.Whole(host, "--max-controls", host.T(
                "Högst så många; --ratio är medeltalet. 0: samma för alla.",
                "At most so many; --ratio is the mean. 0: the same for all."), 0, 0);
            _replace = new Option<bool>("--replace") { Description = host.T(
                "En jämförelserad får användas flera gånger.",
                "A comparison row may serve several times.") };
            _caliper = NumberOption.Create(host, "--caliper", host.T(
                "Största avstånd, i standardavvikelser (alla rader) av poängen på den skala --link anger, som i MatchIt.",
                "Largest distance, in standard deviations (all rows) of the score on the scale of --link, as in MatchIt."), 0, double.PositiveInfinity);
            _raw = new Option<bool>("--caliper-raw") { Description = host.T(
                "--caliper är i poängens egen enhet.",
                "--caliper is in the score's own unit.") };
            _order = Choice<MatchingOrder?>.Create(
                host, "--order", host.T(
                    "Vem som väljer först; default: störst poäng (ATC: minst; utan poäng: filens ordning). random behöver --seed.",
                    "Who chooses first; default: largest score (ATC: smallest; without a score: the file's order). random needs --seed."),
                ("default", null), ("largest", MatchingOrder.LargestFirst), ("smallest", MatchingOrder.SmallestFirst), ("data", MatchingOrder.AsGiven),
                ("closest", MatchingOrder.ClosestFirst), ("farthest", MatchingOrder.FarthestFirst), ("random", MatchingOrder.AsGiven));
            _seed = new Option<int?>("--seed") { Description = host.T(
                "Frö för --order random.",
                "Seed of --order random."), HelpName = "N" };
            _discard = Choice<Discard>.Create(
                host, "--discard", host.T(
                    "Rader utanför gemensamt stöd utelämnas först.",
                    "Rows outside of common support are left out first."),
                ("none", Discard.None), ("both", Discard.Both), ("treated", Discard.Treated), ("control", Discard.Comparison));
            _subclasses = NumberOption.Whole(host, "--subclasses", host.T(
                "Antal, med --method subclass.",
                "How many, with --method subclass."), 2, 6);
            foreach (var option in new Option[]
            {
                _method.Option, _estimand.Option, _distance.Option, _link.Option, _ratio, _least, _most, _replace, _caliper, _raw, _order.Option, _seed,
                _discard.Option, _subclasses,
            }) command.Add(option);
            command.Validators.Add(result =>
            {
                var method = _method.WordOf(result);
                if (method is "nearest" or "optimal" && _estimand.WordOf(result) == "ATE")
                {
                    result.AddError(host.T(
                        "Parvis matchning ger ATT eller ATC; välj --method full, subclass, exact eller cem för ATE.",
                        "Matching in pairs gives the ATT or ATC; choose --method full, subclass, exact or cem for the ATE."));
                }

                result.Only(host, method is "nearest" or "optimal", "--method nearest, optimal", _ratio);
                result.Only(host, method is "nearest", "--method nearest", _replace, _order.Option, _seed, _least, _most);
                result.Only(host, method is "nearest" or "optimal" or "full", "--method nearest, optimal, full", _caliper, _distance.Option);
                result.Only(host, method is not ("exact" or "cem"), "--method nearest, optimal, full, subclass", _link.Option, _discard.Option);
                result.Only(host, method is "subclass", "--method subclass", _subclasses);
                result.Only(host, result.Has(_caliper), "--caliper", _raw);
                result.Only(host, result.Has(_most), "--max-controls", _least);
                if (method is "subclass" or "cem" && result.Has("--exact"))
                {
                    result.AddError(host.T(
                        "--exact gäller inte --method subclass och cem.",
                        "--exact is not for --method subclass and cem."));
                }

                var (least, mean, most) = (result.Number(_least) ?? 1, result.Number(_ratio) ?? 1, result.Number(_most) ?? double.PositiveInfinity);
                if (result.Has(_most) && !(least <= mean && mean <= most))
                {
                    result.AddError(host.T(
                        "--ratio ska ligga mellan --min-controls och --max-controls.", "--ratio is to lie between --min-controls and --max-controls."));
                }

                if (method == "exact" && !result.Has("--exact"))
                {
                    result.AddError(host.T("--method exact behöver kolumner i --exact.", "--method exact needs columns in --exact."));
                }

                if ((_order.WordOf(result) == "random") != result.Has(_seed))
                {
                    result.AddError(host.T("--order random och --seed hör ihop.", "--order random and --seed belong together."));
                }
            });
        }

        public bool NeedsCovariates(CommandResult result) => _method.WordOf(result) != "exact";

        public MatchChoices Choices(ParseResult parse) => new()
        {
            Method = _method.Of(parse),
            MethodWord = _method.WordOf(parse),
            Estimand = _estimand.Of(parse),
            Distance = _distance.Of(parse),
            DistanceWord = _distance.WordOf(parse),
            Link = _link.Of(parse),
            LinkWord = _link.WordOf(parse),
            Ratio = parse.GetValue(_ratio),
            Variable = parse.GetValue(_most) > 0 ? (parse.GetValue(_least), parse.GetValue(_most)) : null,
            Replace = parse.GetValue(_replace),
            Caliper = parse.GetValue(_caliper),
            CaliperInDeviations = !parse.GetValue(_raw),
            Order = _order.Of(parse),
            Seed = parse.GetValue(_seed),
            Discard = _discard.Of(parse),
            Subclasses = parse.GetValue(_subclasses),
        };
    }
}
