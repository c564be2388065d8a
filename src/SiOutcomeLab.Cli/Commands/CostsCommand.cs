using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab costs baselines</c>, <c>savings</c>, <c>units</c> and <c>compare</c>.</summary>
internal static class CostsCommand
{
    public static Command Create(CommandHost host) =>
        new("costs", host.T("Läs kronor: vad målgruppen kostar, vad effekten är värd, och priserna bakom.", "Read kronor: what the target group costs, what the effect is worth, and the prices behind it."))
        {
            Baselines(host), Savings(host), Units(host), Compare(host),
        };

    private static Command Baselines(CommandHost host)
    {
        var command = new Command("baselines", host.T(
            "Vad en person kostar om året utan insatsen, per betalare.", "What a person costs a year without the intervention, by who pays."));
        var name = Name(command, host.T("En kostnadsbas, costs/…; utan namn listas alla.", "One cost baseline, costs/…; without a name all are listed."));
        var kind = new Option<string>("--kind")
        {
            Description = host.T(
                "Vilken av de två: målgruppen utan insatsen, eller deltagarna om den inte funnits. De blandas aldrig.",
                "Which of the two: the target group without the intervention, or participants had there been none. They are never mixed."),
            HelpName = "target-group|counterfactual",
            DefaultValueFactory = _ => "target-group",
        };
        kind.AcceptOnlyFromAmong("target-group", "counterfactual");
        command.Add(kind);
        var filter = new CostFilterOptions(host, command);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var isJson = parse.GetValue(json);
            if (parse.GetValue(name) is { } asked)
            {
                var request = new GetCostBaselineRequest { Name = PartOf(asked, parse.GetRequiredValue(kind)) };
                var found = await connection.Costs.GetCostBaselineAsync(request, connection.Options(cancellationToken));
                if (isJson) ProtoJson.WriteOne(host.Terminal.Out, found.CostBaseline);
                else CostSheet.Write(host.Terminal, found.CostBaseline);
                return ExitCode.Ok;
            }

            var of = parse.GetRequiredValue(kind) == "target-group" ? BaselineKind.TargetGroup : BaselineKind.Counterfactual;
            var baselines = connection.CostBaselinesAsync(of, filter.Read(parse), cancellationToken);
            if (isJson)
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, baselines, cancellationToken);
                return ExitCode.Ok;
            }

            var all = await baselines.ToListAsync(cancellationToken);
            if (all.Count == 0) host.Terminal.Line(host.T("Inga kronor bland dem du får se.", "No kronor among those you may see."));
            else CostTables.Write(host.Terminal, all);
            return ExitCode.Ok;
        });
    }

    private static Command Savings(CommandHost host)
    {
        var command = new Command("savings", host.T(
            "Vad effekten är värd i kronor, i tre rader, per betalare.", "What the effect is worth in kronor, in three lines, by who pays."));
        var name = Name(command, host.T("En besparing, costs/…; utan namn listas alla.", "One saving, costs/…; without a name all are listed."));
        var missing = new Option<bool>("--missing")
        {
            Description = host.T("Lista även planer som ingen besparing gick att räkna för.", "List plans too for which no saving could be counted."),
        };
        command.Add(missing);
        var filter = new CostFilterOptions(host, command);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var isJson = parse.GetValue(json);
            if (parse.GetValue(name) is { } asked)
            {
                var found = await connection.Costs.GetSavingAsync(
                    new GetSavingRequest { Name = PartOf(asked, "saving") }, connection.Options(cancellationToken));
                if (isJson) ProtoJson.WriteOne(host.Terminal.Out, found.Saving);
                else CostSheet.Write(host.Terminal, found.Saving);
                return ExitCode.Ok;
            }

            var savings = connection.SavingsAsync(filter.Read(parse), parse.GetValue(missing), cancellationToken);
            if (isJson)
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, savings, cancellationToken);
                return ExitCode.Ok;
            }

            var all = await savings.ToListAsync(cancellationToken);
            if (all.Count == 0) host.Terminal.Line(host.T("Inga kronor bland dem du får se.", "No kronor among those you may see."));
            else CostTables.Write(host.Terminal, all);
            return ExitCode.Ok;
        });
    }

    private static Command Units(CommandHost host)
    {
        var command = new Command("units", host.T("Registret över enhetskostnader.", "The register of unit costs."));
        var set = CostFilterOptions.Text("--set", host.T("Bara en uppsättning, t.ex. full-cost.", "One set only, e.g. full-cost."));
        var measure = CostFilterOptions.Text("--measure", host.T("Bara ett mått.", "One measure only."));
        var year = CostFilterOptions.Number("--year", host.T("Prisnivå; annars hubbens egen.", "Price level; otherwise the hub's own."));
        foreach (Option option in new Option[] { set, measure, year }) command.Add(option);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new ListUnitCostsRequest
            {
                Set = parse.GetValue(set) ?? string.Empty, Measure = parse.GetValue(measure) ?? string.Empty, PriceYear = parse.GetValue(year),
            };
            var unitCosts = connection.UnitCostsAsync(request, cancellationToken);
            if (parse.GetValue(json)) await ProtoJson.WriteArrayAsync(host.Terminal.Out, unitCosts, cancellationToken);
            else CostTables.Write(host.Terminal, await unitCosts.ToListAsync(cancellationToken));
            return ExitCode.Ok;
        });
    }

    private static Command Compare(CommandHost host)
    {
        var command = new Command("compare", host.T(
            "Två uppsättningar enhetskostnader bredvid varandra, och vad som skiljer dem.",
            "Two sets of unit costs side by side, and what makes the difference."));
        var from = new Argument<string>("from") { Description = host.T("Den ena uppsättningen, t.ex. municipal-fee.", "One set, e.g. municipal-fee.") };
        var to = new Argument<string>("to") { Description = host.T("Den andra, t.ex. full-cost.", "The other, e.g. full-cost.") };
        var year = CostFilterOptions.Number("--year", host.T("Prisnivå; annars hubbens egen.", "Price level; otherwise the hub's own."));
        command.Add(from);
        command.Add(to);
        command.Add(year);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new CompareUnitCostsRequest
            {
                FromSet = parse.GetRequiredValue(from), ToSet = parse.GetRequiredValue(to), PriceYear = parse.GetValue(year),
            };
            var compared = await connection.Costs.CompareUnitCostsAsync(request, connection.Options(cancellationToken));
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, compared);
            else CostTables.Write(host.Terminal, compared);
            return ExitCode.Ok;
        });
    }

    private static Argument<string?> Name(Command command, string description)
    {
        var name = new Argument<string?>("name") { Description = description, Arity = ArgumentArity.ZeroOrOne };
        command.Add(name);
        return name;
    }

    // The kronor's own name, or one of its parts': the last part is what the command asks for.
    private static string PartOf(string asked, string part)
    {
        var name = ResourceNames.In("costs", asked);
        return name.Count(c => c == '/') > 1 ? name : $"{name}/{part}";
    }
}
