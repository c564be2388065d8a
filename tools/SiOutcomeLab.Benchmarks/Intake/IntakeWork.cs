using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Benchmarks.Intake;

/// <summary>One piece of our own work on a file, in a process of its own, so that its peak memory is its own.</summary>
internal static class IntakeWork
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>What a worker process can do: all that intake does, or the parts of it that tell where the time goes.</summary>
    public static IReadOnlyList<string> Steps { get; } = ["intake", "check", "rewrite", "decode"];

    /// <summary>Does a step and prints one line of JSON.</summary>
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var (file, step, threads) = (arguments.Text("file", ""), arguments.Text("step", "intake"), arguments.Number("threads", 1));
        var scratch = arguments.Text("scratch", Path.GetTempPath());
        var manifest = await DescribeAsync(file, cancellationToken);
        var (clock, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await using var source = File.OpenRead(file);
        await using var target = new FileStream(
            Path.Combine(scratch, $"intake-{Environment.ProcessId}.parquet"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1,
            FileOptions.DeleteOnClose);
        using var rewriter = new LakeRewriter(SubmissionPart.Observations, target, new PersonRekeyer(RandomNumberGenerator.GetBytes(32)));
        CheckResult? result = null;
        if (step is "intake" or "check")
        {
            var context = new CheckContext(manifest.Organisation, new HashSet<InterventionCode>())
            {
                Limits = new CheckLimits { Threads = threads },
                Scratch = scratch,
                Sink = part => step == "intake" && part == SubmissionPart.Observations ? rewriter : null,
            };
            result = await SubmissionChecker.CheckAsync(manifest, source, null, context, cancellationToken);
            if (!result.Accepted) throw new InvalidDataException($"The made file was refused: {result.Findings[0].Rule}.");
        }
        else
        {
            using var reader = ParquetReader.Open(source, leaveOpen: true);
            IBlockSink sink = step == "rewrite" ? rewriter : new NoSink();
            BlockScan.Read(reader, SubmissionPart.Observations, sink, threads, cancellationToken);
        }

        target.Flush(flushToDisk: true);
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        var cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(
            new IntakeRun(
                step, manifest.Observations.Rows, seconds, cpu, self.PeakWorkingSet64 / 1048576.0, rewriter.File?.Bytes ?? 0,
                result?.Persons ?? 0, (result?.SpilledBytes ?? 0) / 1048576.0),
            Web));
        return 0;
    }

    /// <summary>
    /// The manifest of the made file; its own hash is read before the clock starts. A teaching municipality sends it, since nobody else
    /// may send every measure.
    /// </summary>
    public static async Task<SubmissionManifest> DescribeAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        using var reader = ParquetReader.Open(file);
        Period[] quarters = [.. Enumerable.Range(0, 8).Select(q => new Period(PeriodLength.Quarter, (2024 * 4) + q))];
        return new SubmissionManifest(
            new OrganisationId("9901"), new ProjectId("intake"), PeriodLength.Quarter, quarters,
            new PopulationStatement("Made.", "Made."), "Made.", AllowedUses.OwnEvaluation, DataPolicy.Standard,
            new ManifestFile(hash, stream.Length, reader.RowCount), null);
    }

    private sealed class NoSink : IBlockSink
    {
        public void Begin(IReadOnlyList<ParquetColumn> columns)
        {
        }

        public void Take(int column, ColumnBlock block)
        {
        }

        public void EndBlock()
        {
        }

        public void Complete()
        {
        }
    }
}

/// <summary>What one step cost.</summary>
internal sealed record IntakeRun(
    string Step, long Rows, double Seconds, double Cpu, double PeakMegabytes, long WrittenBytes, long Persons, double SpilledMegabytes);
