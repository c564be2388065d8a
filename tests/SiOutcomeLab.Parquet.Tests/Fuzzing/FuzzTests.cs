using SiOutcomeLab.ParquetFuzz.Mutating;
using SiOutcomeLab.ParquetFuzz.Running;

namespace SiOutcomeLab.Parquet.Tests.Fuzzing;

/// <summary>A few thousand cases of the fuzzer; <c>tools/SiOutcomeLab.ParquetFuzz</c> runs as many as one likes.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20_261_121;
    private const int Cases = 4_000;

    private static readonly IReadOnlyList<Sound> Files = Corpus.Make();

    [Fact]
    public void Read_ChangedFiles_SameRowsOrTheTypedErrorInLittleTimeAndMemory()
    {
        var judge = new Judge();
        var totals = new FuzzTotals();
        for (var number = 0; number < Cases; number++)
        {
            var one = FuzzCase.Make(Files, Seed, number);
            var outcome = judge.Of(one);
            totals.Add(one, outcome);
            Assert.False(outcome.IsFailure, $"{outcome.Kind}, seed {Seed}, {one.Name}: {outcome.Detail}");
        }

        // Changes that no reader minds, that every reader must mind, and that make a sound file of other rows: all occur.
        Assert.All(totals.ByMutation.Values, counts => Assert.True(counts[(int)OutcomeKind.Refused] > 0));
        foreach (var kind in new[] { OutcomeKind.SameRows, OutcomeKind.OtherRows, OutcomeKind.Refused })
        {
            Assert.InRange(totals.ByMutation.Values.Sum(counts => counts[(int)kind]), Cases / 100, Cases);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{totals.Cases} cases, slowest {totals.Slowest.Seconds:F3} s, most memory {totals.Largest.Bytes / 1048576.0:F1} MB");
    }

    [Fact]
    public void Parse_EverySoundFile_BuildsTheSameBytesAgain() => Assert.All(Files, sound =>
    {
        Assert.Equal(sound.File, FileModel.Parse(sound.File).Build(isTrue: false));
        Assert.Equal(sound.File, FileModel.Parse(sound.File).Build(isTrue: true));
    });

    [Fact]
    public void Close_PageOpenedAndUnchanged_GivesTheSameRows() => Assert.All(Files, sound =>
    {
        var model = FileModel.Parse(sound.File);
        foreach (var chunk in model.Chunks)
        {
            foreach (var page in chunk.Pages) page.Close(page.Open(chunk.Codec), chunk.Codec);
        }

        Assert.Equal(sound.Digest, new RowDigest().Of(model.Build(), 100));
    });

    [Fact]
    public void Make_SameSeedAndNumber_GivesTheSameCase()
    {
        for (var number = 0; number < 200; number++)
        {
            Assert.Equal(FuzzCase.Make(Files, 3, number).File, FuzzCase.Make(Files, 3, number).File);
        }
    }

    [Fact]
    public void Of_ReaderThatWouldNotLook_IsToldFromOneThatDoes()
    {
        var judge = new Judge();
        var sound = Files[0];
        Assert.Equal(OutcomeKind.SameRows, judge.Of(Case(sound.File, mayDiffer: false)).Kind);
        Assert.Equal(OutcomeKind.Refused, judge.Of(Case(sound.File[..^1], mayDiffer: false)).Kind);
        Assert.Equal(OutcomeKind.SilentlyOther, judge.Of(Case(Files[1].File, mayDiffer: false)).Kind);
        Assert.Equal(OutcomeKind.OtherRows, judge.Of(Case(Files[1].File, mayDiffer: true)).Kind);
        Assert.Equal(OutcomeKind.Slow, new Judge(maxSeconds: 0).Of(Case(sound.File, mayDiffer: false)).Kind);
        Assert.Equal(OutcomeKind.Large, new Judge(maxBytes: 100).Of(Case(sound.File, mayDiffer: false)).Kind);

        FuzzCase Case(byte[] file, bool mayDiffer) => new(0, sound, new Mutation("none", mayDiffer, (_, _, _) => file), file);
    }
}
