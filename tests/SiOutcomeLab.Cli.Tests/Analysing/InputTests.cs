using System.Text;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>How files are read: what differs between programs changes no number, and what is wrong is told by place and never by value.</summary>
public sealed class InputTests
{
    private static readonly string[] Lines = File.ReadAllLines(AnalyseRun.Data("lalonde.csv"));

    [Fact]
    public async Task Run_OtherSpellingsOfTheFile_GiveTheSameNumbers()
    {
        using var folder = new TemporaryFolder();
        var expected = (await RunAsync(AnalyseRun.Data("lalonde.csv"))).First.GetRawText();
        var swedish = Lines.Select((line, i) => i == 0 ? line.Replace(',', ';') : line.Replace(',', ';').Replace('.', ',')).ToArray();
        Assert.Equal(expected, (await RunAsync(folder.Write("s.csv", string.Join("\r\n", swedish) + "\r\n"))).First.GetRawText());
        Assert.Equal(expected, (await RunAsync(folder.Write("tab.txt", string.Join('\n', Lines.Select(line => line.Replace(',', '\t')))))).First.GetRawText());
        var marked = Path.Combine(folder.Path, "bom.csv");
        File.WriteAllText(marked, "\uFEFF" + string.Join('\n', Lines), new UTF8Encoding(false));
        Assert.Equal(expected, (await RunAsync(marked)).First.GetRawText());
        var wide = Path.Combine(folder.Path, "utf16.csv");
        File.WriteAllText(wide, string.Join('\n', Lines), Encoding.Unicode);
        Assert.Equal(expected, (await RunAsync(wide)).First.GetRawText());
        var logical = Lines.Select((line, i) => i == 0 ? line : Flagged(line)).ToArray();
        Assert.Equal(expected, (await RunAsync(folder.Write("t.csv", string.Join('\n', logical)))).First.GetRawText());
        Assert.Equal(expected, (await RunAsync(Parquet(folder))).First.GetRawText());
    }

    [Fact]
    public async Task Run_ByteOrderMark_IsNoPartOfTheFirstHeading()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bom.csv", "\uFEFFtreat,age\n1,20\n0,30\n1,25\n0,22\n");
        Assert.Equal(ExitCode.Ok, (await AnalyseRun.OfLineAsync($"balance --data {path} --treatment treat --covariates age")).Code);
    }

    [Fact]
    public async Task Run_MissingValues_DropsThoseRowsAndSaysWhich()
    {
        using var folder = new TemporaryFolder();
        var lines = (string[])Lines.Clone();
        lines[3] = Without(lines[3], 2, "NA");
        lines[9] = Without(lines[9], 4, string.Empty);
        lines[10] = Without(lines[10], 9, "null");
        var run = await RunAsync(folder.Write("gaps.csv", string.Join('\n', lines)));
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(
            [(3, "age"), (9, "race"), (10, "re78")],
            run.Json.GetProperty("dropped").EnumerateArray().Select(row => (row.GetProperty("row").GetInt32(), row.GetProperty("column").GetString()!)));
        Assert.Equal(611, run.First.GetProperty("n").GetInt32());
        var without = folder.Write("less.csv", string.Join('\n', lines.Where((_, i) => i is not (3 or 9 or 10))));
        Assert.Equal((await RunAsync(without)).First.GetRawText(), run.First.GetRawText());
    }

    [Theory]
    [InlineData("--covariates agee", "d.csv", "agee", "Did you mean age?")]
    [InlineData("--covariates AGE", "d.csv", "AGE", "Did you mean age?")]
    [InlineData("--covariates race", "d.csv", "column race, row 1", "--categorical race")]
    [InlineData("--covariates age --outcome race", "d.csv", "column race, row 1", "decimal point")]
    [InlineData("--covariates age --treatment race", "d.csv", "column race", "two arms")]
    public async Task Run_WrongColumn_TellsPlaceAndRemedyButNoValue(string options, params string[] words)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", string.Join('\n', Lines));
        var treatment = options.Contains("--treatment", StringComparison.Ordinal) ? string.Empty : "--treatment treat ";
        var run = await CommandRun.OfAsync([.. $"analyse weight --data {path} {treatment}{options} --lang en".Split(' ')]);
        Assert.Equal((ExitCode.InputUnreadable, string.Empty), (run.Code, run.Out));
        foreach (var word in words) Assert.Contains(word, run.Error, StringComparison.Ordinal);
        foreach (var value in new[] { "black", "hispan", "white", "NSW1" }) Assert.DoesNotContain(value, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "heading")]
    [InlineData("treat,age\n", "no rows")]
    [InlineData("treat,age\n1,20\n0\n", "row 2")]
    [InlineData("treat,age\n1,20\n0,30,40\n", "row 2")]
    [InlineData("treat,age\n1,\"20\n0,30\n", "Quotes")]
    [InlineData("treat,age,age\n1,20,3\n", "several columns")]
    [InlineData("treat,age\n1,20\n0,1e999\n", "column age, row 2")]
    [InlineData("treat,age\n1,20\n0,\"1,5\"\n", "column age, row 2")]
    [InlineData("treat,age\ncase,20\ncontrol,30\n", "--treated-level")]
    public async Task Run_BrokenFile_TellsWhatAndWhere(string text, string word)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", text);
        var run = await CommandRun.OfAsync("analyse", "balance", "--data", path, "--treatment", "treat", "--covariates", "age", "--lang", "en");
        Assert.Equal(ExitCode.InputUnreadable, run.Code);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("treat,age,y\n1,20,3\n1,30,4\n1,31,4\n", "NoComparison")]
    [InlineData("treat,age,y\n0,20,3\n0,30,4\n0,31,4\n", "NoTreated")]
    [InlineData("treat,age,y\n0,20,3\n0,21,4\n0,22,4\n1,30,3\n1,31,4\n1,32,4\n", "Separation")]
    public async Task Run_DataThatRefuse_SayWhyInValidJsonWithTheirOwnCode(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        var run = await AnalyseRun.OfLineAsync($"weight --data {folder.Write("d.csv", text)} --treatment treat --outcome y --covariates age");
        Assert.Equal(ExitCode.NotEstimable, run.Code);
        var refusal = run.Json.GetProperty("notEstimable");
        Assert.Equal(reason, refusal.GetProperty("reason").GetString());
        Assert.NotEmpty(refusal.GetProperty("remedy").GetString()!);
    }

    [Theory]
    [InlineData("weight --treatment treat --data x.csv")]
    [InlineData("weight --treatment treat --data x.csv --covariates treat")]
    [InlineData("weight --treatment treat --data x.csv --covariates a --estimand ATX")]
    [InlineData("weight --treatment treat --data x.csv --covariates a --trim 0.1 --truncate 0.9")]
    [InlineData("weight --treatment treat --data x.csv --covariates a --method entropy --estimand ATO")]
    [InlineData("weight --treatment treat --data x.csv --covariates a --level 95")]
    [InlineData("match --treatment treat --data x.csv --covariates a --estimand ATE")]
    [InlineData("match --treatment treat --data x.csv --covariates a --order random")]
    [InlineData("match --treatment treat --data x.csv --covariates a --caliper -1")]
    [InlineData("match --treatment treat --data x.csv --covariates a --ratio 0")]
    [InlineData("match --treatment treat --data x.csv --method exact")]
    [InlineData("match --treatment treat --data x.csv --covariates a --method full --replace")]
    [InlineData("match --treatment treat --data x.csv --covariates a --ratio 3 --max-controls 2")]
    [InlineData("weight --treatment treat --data x.csv --covariates a --method entropy --trim 0.1")]
    [InlineData("effect --treatment treat --outcome y --data x.csv --covariates a --folds 3")]
    [InlineData("did --data x.csv --outcome y --time t --id i --first-treated g --seed 3")]
    [InlineData("pool --data x.csv --estimate yi")]
    [InlineData("pool --data x.csv --estimate yi --variance vi --standard-error se")]
    [InlineData("did --data x.csv --outcome y --time t --id i --first-treated g --control none")]
    [InlineData("effect --treatment treat --outcome y --data x.csv --covariates a --outcome-type binary")]
    public async Task Run_WrongOptions_ExitsWithUsage(string line)
    {
        var run = await CommandRun.OfAsync(["analyse", .. line.Split(' ')]);
        Assert.Equal((ExitCode.Usage, string.Empty), (run.Code, run.Out));
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    private static Task<AnalyseRun> RunAsync(string path) => AnalyseRun.OfLineAsync(
        WeightCommandTests.Lalonde.Replace(AnalyseRun.Data("lalonde.csv"), path, StringComparison.Ordinal).Insert(0, "weight "));

    private static string Without(string line, int column, string value)
    {
        var cells = line.Split(',');
        cells[column] = value;
        return string.Join(',', cells);
    }

    private static string Flagged(string line)
    {
        var cells = line.Split(',');
        cells[1] = cells[1] == "1" ? "TRUE" : "false";
        return string.Join(',', cells);
    }

    private static string Parquet(TemporaryFolder folder)
    {
        var path = Path.Combine(folder.Path, "lalonde.parquet");
        string[][] cells = [.. Lines.Skip(1).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray())];
        double[] Numbers(int column) => [.. cells.Select(row => double.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture))];
        ParquetColumnSpec[] columns =
        [
            ParquetColumnSpec.Of<bool>("treat"), ParquetColumnSpec.Of<int>("age"), ParquetColumnSpec.Of<long>("educ"), ParquetColumnSpec.Text("race"),
            ParquetColumnSpec.Of<double>("married"), ParquetColumnSpec.Of<int>("nodegree"), ParquetColumnSpec.Of<double>("re74"),
            ParquetColumnSpec.Of<double>("re75"), ParquetColumnSpec.Of<double>("re78"),
        ];
        using var writer = ParquetWriter.Create(File.Create(path), columns, new ParquetWriterOptions());
        // Two row groups, so that columns are opened anew.
        foreach (var part in new[] { (From: 0, To: 300), (From: 300, To: cells.Length) })
        {
            var group = writer.StartRowGroup();
            T[] Part<T>(Func<double, T> of, int column) => [.. Numbers(column)[part.From..part.To].Select(of)];
            group.WriteColumn<bool>(Part(value => value == 1, 1));
            group.WriteColumn<int>(Part(value => (int)value, 2));
            group.WriteColumn<long>(Part(value => (long)value, 3));
            group.WriteStrings([.. cells[part.From..part.To].Select(row => row[4])]);
            group.WriteColumn<double>(Part(value => value, 5));
            group.WriteColumn<int>(Part(value => (int)value, 6));
            group.WriteColumn<double>(Part(value => value, 7));
            group.WriteColumn<double>(Part(value => value, 8));
            group.WriteColumn<double>(Part(value => value, 9));
        }

        writer.Close();
        return path;
    }
}
