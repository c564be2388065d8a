using System.Globalization;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Cli.Demo.Reference;

/// <summary>The public NSW file as it is published, in its own order: read here without Parquet, hub or cohort in between.</summary>
internal sealed class PublicFile
{
    private static readonly string[] Columns = ["id", "treat", "age", "educ", "race", "married", "nodegree", "re74", "re75", "re78"];

    private PublicFile(DesignMatrix covariates, DesignMatrix judged, bool[] treated, double[] outcome)
    {
        Covariates = covariates;
        Judged = judged;
        Treated = treated;
        Outcome = outcome;
    }

    /// <summary>Named as the reference names its coefficients; race against black.</summary>
    public DesignMatrix Covariates { get; }

    /// <summary>What balance is judged on: the covariates, and the indicator of the level that the model leaves out.</summary>
    public DesignMatrix Judged { get; }

    public bool[] Treated { get; }

    /// <summary>Earnings in 1978, in dollars at 1982 prices.</summary>
    public double[] Outcome { get; }

    public static async Task<PublicFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(path, cancellationToken);
        if (lines.Length < 2 || !Fields(lines[0]).SequenceEqual(Columns)) throw Damaged(path);
        var rows = lines.Skip(1).Select(Fields).ToArray();
        if (Array.Exists(rows, r => r.Length != Columns.Length)) throw Damaged(path);
        (string, double[])[] columns =
        [
            ("age_years", Numbers(2)), ("education_years", Numbers(3)),
            ("race_us=hispan", Dummy("hispan")), ("race_us=white", Dummy("white")),
            ("married", Numbers(5)), ("no_degree", Numbers(6)),
            ("earnings_usd_1982@lag2", Numbers(7)), ("earnings_usd_1982@lag1", Numbers(8)),
        ];
        return new PublicFile(
            DesignMatrix.FromColumns(columns),
            DesignMatrix.FromColumns([.. columns, ("race_us=black", Dummy("black"))]),
            [.. rows.Select(r => r[1] == "1")],
            Numbers(9));

        double[] Numbers(int column) => [.. rows.Select(r => Number(r[column], path))];
        double[] Dummy(string race) => [.. rows.Select(r => r[4] == race ? 1.0 : 0.0)];
    }

    private static double Number(string text, string path) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Damaged(path);

    private static string[] Fields(string line) => [.. line.Split(',').Select(f => f.Trim('"'))];

    private static CommandException Damaged(string path) => new(
        ExitCode.InputUnreadable,
        new($"{path} är inte den publika filen.", $"{path} is not the public file."),
        new("Bygg silab på nytt.", "Build silab again."));
}
