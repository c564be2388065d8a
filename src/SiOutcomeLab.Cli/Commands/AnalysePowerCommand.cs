using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Powers;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse power</c>: how many persons, how large an effect, how great a power.</summary>
internal static class AnalysePowerCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("power", host.T(
            "Styrka före en studie: ge två av --treated, --effect och --power, så räknas det tredje ut (som R:s power.t.test och power.prop.test).",
            "Power before a study: give two of --treated, --effect and --power, and the third is worked out (as R's power.t.test and power.prop.test)."));
        var above = double.PositiveInfinity;
        var design = Choice<PowerDesign>.Create(
            host, "--design", host.T("Vad som jämförs.", "What is compared."),
            ("means", PowerDesign.Means), ("paired", PowerDesign.Paired), ("proportions", PowerDesign.Proportions));
        var treated = NumberOption.Create(host, "--treated", host.T("Behandlade personer (par).", "Persons treated (pairs)."), 1, above);
        var ratio = NumberOption.Create(host, "--ratio", host.T(
            "Jämförelsepersoner per behandlad.",
            "Comparison persons per treated person."), 0, above, 1);
        var effect = NumberOption.Create(host, "--effect", host.T(
            "Skillnad i medel, eller i andelar.",
            "Difference of means, or of shares."), double.NegativeInfinity, above);
        var power = NumberOption.Create(host, "--power", host.T(
            "Önskad styrka, till exempel 0.8.",
            "Wanted power, for instance 0.8."), 0, 1);
        var deviation = NumberOption.Create(host, "--sd", host.T(
            "Standardavvikelse inom grupperna (av skillnader i par).",
            "Standard deviation within arms (of differences in pairs)."), 0, above, 1);
        var share = NumberOption.Create(host, "--share", host.T(
            "proportions: andelen i jämförelsen.",
            "proportions: the comparison's share."), 0, 1);
        var alpha = NumberOption.Create(host, "--alpha", host.T("Signifikansnivå.", "Level of significance."), 0, 1, 0.05);
        var oneSided = new Option<bool>("--one-sided") { Description = host.T("Ensidigt test.", "One-sided test.") };
        var size = NumberOption.Create(host, "--cluster-size", host.T("Personer per kluster.", "Persons per cluster."), 0, above, 1);
        var icc = NumberOption.Create(host, "--icc", host.T("Intraklasskorrelation.", "Intraclass correlation."), 0, 1);
        var simulate = new Option<bool>("--simulate") { Description = host.T(
            "Räkna styrkan också genom simulering.",
            "Work the power out by simulation too.") };
        var replicates = NumberOption.Whole(host, "--replicates", host.T("Simulerade datamängder.", "Simulated data sets."), 100, 10_000);
        var seed = NumberOption.Whole(host, "--seed", host.T("Simuleringens frö.", "The simulation's seed."), 0, 1);
        foreach (var option in new Option[]
        {
            design.Option, treated, ratio, effect, power, deviation, share, alpha, oneSided, size, icc, simulate, replicates, seed,
        }) command.Add(option);
        var json = host.AddJsonOption(command);
        command.Validators.Add(result =>
        {
            Option[] three = [treated, effect, power];
            Refuse(three.Count(option => result.Has(option)) != 2, host.T(
                "Ge två av --treated, --effect och --power; det tredje räknas ut.", "Give two of --treated, --effect and --power; the third is worked out."));
            var word = design.WordOf(result);
            Refuse(word == "proportions" != result.Has(share), host.T(
                "--share och --design proportions hör ihop.",
                "--share and --design proportions belong together."));
            Refuse(word == "paired" && (result.Has(ratio) || result.Has(icc)), host.T(
                "paired har varken --ratio eller --icc.",
                "paired has neither --ratio nor --icc."));
            Refuse(result.Has(size) != result.Has(icc), host.T(
                "--cluster-size och --icc hör ihop.",
                "--cluster-size and --icc belong together."));
            Refuse(result.Has(icc) && result.Has(simulate), host.T("Simuleringen har inga kluster.", "The simulation has no clusters."));
            result.Only(host, result.Has(simulate), "--simulate", replicates, seed);
            result.Only(host, word != "proportions", "--design means, paired", deviation);
            Refuse(result.Number(effect) == 0, host.T("--effect får inte vara 0.", "--effect may not be 0."));
            Refuse(result.Number(power) <= (result.Number(alpha) ?? 0.05), host.T(
                "--power ska vara större än --alpha.", "--power is to be above --alpha."));

            void Refuse(bool isWrong, string text)
            {
                if (isWrong) result.AddError(text);
            }
        });
        return host.WithAction(command, (parse, cancellationToken) =>
        {
            var choices = new PowerChoices
            {
                Design = design.Of(parse),
                DesignWord = design.WordOf(parse),
                Treated = parse.GetValue(treated),
                Ratio = parse.GetValue(ratio)!.Value,
                Effect = parse.GetValue(effect),
                Power = parse.GetValue(power),
                Deviation = parse.GetValue(deviation)!.Value,
                Share = parse.GetValue(share) ?? 0,
                Alpha = parse.GetValue(alpha)!.Value,
                OneSided = parse.GetValue(oneSided),
                ClusterSize = parse.GetValue(size)!.Value,
                Correlation = parse.GetValue(icc) ?? 0,
                Replicates = parse.GetValue(simulate) ? parse.GetValue(replicates) : null,
                Seed = parse.GetValue(seed),
            };
            return Task.FromResult(AnalyseCommand.Finish(host, parse.GetValue(json), PowerAnalysis.Run(choices, cancellationToken)));
        });
    }
}
