using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Analysing.Studies;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse weight</c>: inverse-propensity weights and others, and the effect that they give.</summary>
internal static class AnalyseWeightCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("weight", host.T(
            "Väg jämförelsen: invers propensity (logistisk modell), entropibalansering eller CBPS; skillnad i vägda medelvärden med M-skattningens fel, som WeightIt.",
            "Weight the comparison: inverse propensity (logistic model), entropy balancing or CBPS; difference of weighted means with M-estimation's error, as WeightIt."));
        var file = new InputOptions(host, command);
        var study = new StudyOptions(host, command, file, _ => true);
        var method = Choice<WeightMethod>.Create(
            host, "--method", host.T(
                "Varifrån vikterna kommer; overlap är ipw med ATO.",
                "Where weights come from; overlap is ipw with ATO."),
            ("ipw", WeightMethod.Ipw), ("entropy", WeightMethod.Entropy), ("cbps", WeightMethod.Cbps), ("overlap", WeightMethod.Ipw));
        var estimand = Choice<Estimand>.Create(
            host, "--estimand", host.T("Vems effekt.", "Whose effect."),
            ("ATT", Estimand.Treated), ("ATE", Estimand.Everyone), ("ATC", Estimand.Untreated), ("ATO", Estimand.Overlap),
            ("ATM", Estimand.Matching), ("ATEN", Estimand.EntropyOverlap));
        var link = Choice<bool>.Create(host, "--link", host.T(
            "Propensitymodellens länk.",
            "The propensity model's link."), ("logit", false), ("probit", true));
        var trim = NumberOption.Create(host, "--trim", host.T(
            "Behåll bara poäng över X och under 1 − X; effekten gäller då dem.", "Keep only scores above X and below 1 − X; the effect then holds for those."), 0, 0.5);
        var truncate = NumberOption.Create(host, "--truncate", host.T("Kapa vikter vid kvantil X.", "Cut weights at quantile X."), 0.5, 1);
        var stabilised = new Option<bool>("--stabilise") { Description = host.T(
            "Gånger armens andel; ändrar inte skattningen.",
            "Times the arm's share; changes no estimate.") };
        var moments = NumberOption.Whole(host, "--moments", host.T(
            "Entropibalansering: 1 medel, 2 även varians, 3 även skevhet.", "Entropy balancing: 1 means, 2 variances too, 3 skewness too."), 1, 1);
        foreach (var option in new Option[] { method.Option, estimand.Option, link.Option, trim, truncate, stabilised, moments }) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.Has(trim) && result.Has(truncate))
            {
                result.AddError(host.T("Ge --trim eller --truncate, inte båda.", "Give --trim or --truncate, not both."));
            }

            if (result.Number(moments) > 3) result.AddError(host.T("--moments är 1, 2 eller 3.", "--moments is 1, 2 or 3."));
            var word = method.WordOf(result);
            result.Only(host, word == "entropy", "--method entropy", moments);
            result.Only(host, word != "entropy", "--method ipw, overlap, cbps", trim, truncate, stabilised);
            result.Only(host, word is "ipw" or "overlap", "--method ipw, overlap", link.Option);
            var isIpw = method.WordOf(result) is "ipw" or "overlap";
            if (word == "overlap" && result.Has(estimand.Option) && estimand.WordOf(result) != "ATO")
            {
                result.AddError(host.T("--method overlap ger ATO.", "--method overlap gives the ATO."));
            }

            if (!isIpw && estimand.WordOf(result) is not ("ATT" or "ATE" or "ATC"))
            {
                result.AddError(host.T(
                    "--method entropy och cbps har vikter för ATT, ATE och ATC.",
                    "--method entropy and cbps have weights for ATT, ATE and ATC."));
            }
        });
        var plots = new PlotOptions(
            host, command, host.T(
                "Rita balansen före och efter (love plot) till en SVG-fil.",
                "Draw balance before and after (love plot) to an SVG file."), ReportPlots.Love, hasOverlap: true);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var word = method.WordOf(parse);
            var choices = new WeightChoices
            {
                Method = method.Of(parse),
                MethodWord = word,
                Estimand = word == "overlap" ? Estimand.Overlap : estimand.Of(parse),
                Probit = link.Of(parse),
                Trim = parse.GetValue(trim),
                Truncate = parse.GetValue(truncate),
                Stabilised = parse.GetValue(stabilised),
                Moments = parse.GetValue(moments),
                Level = file.Level(parse),
            };
            var rows = await StudyRows.ReadAsync(study.Columns(parse), cancellationToken);
            return await AnalyseCommand.FinishAsync(host, parse, file, plots, WeightAnalysis.Run(rows, choices, cancellationToken), cancellationToken);
        });
    }
}
