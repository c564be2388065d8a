using System.Globalization;

namespace SiOutcomeLab.Simulation.Running;

/// <summary>What the study is asked to do.</summary>
internal sealed record StudyOptions(int Replicates, int Threads, ulong Seed, string[]? Only, string Out)
{
    public static StudyOptions Parse(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new ArgumentException($"'{args[i]}' is not a --name with a value after it.", nameof(args));
            }

            values[args[i][2..]] = args[i + 1];
        }

        var inRepository = Path.Combine("tools", "SiOutcomeLab.Simulation");
        return new StudyOptions(
            Number("replicates", 5000),
            Number("threads", Environment.ProcessorCount),
            (ulong)Number("seed", 20261122),
            values.GetValueOrDefault("only")?.Split(';'),
            values.GetValueOrDefault("out", Directory.Exists(inRepository) ? Path.Combine(inRepository, "results") : "results"));

        int Number(string name, int otherwise) =>
            values.TryGetValue(name, out var text) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
    }
}
