using System.Buffers;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// Hands out the row groups of observations files in a fixed order, so many at a time that a wave is worth sharing out among threads.
/// </summary>
internal sealed class RowGroupQueue(ILake lake, IReadOnlyList<ObservationsFile> files) : IAsyncDisposable
{
    private const int WaveRows = 16384;

    // A file this small is fetched at once, not column by column.
    private const int FetchedWhole = 256 * 1024;

    private readonly List<OpenFile> _open = [];
    private int _nextFile;
    private int _nextGroup;

    /// <summary>The next row groups; null at the end.</summary>
    public async Task<RowGroupWave?> NextAsync(CancellationToken cancellationToken)
    {
        var works = new List<RowGroupWork>();
        for (var rows = 0L; rows < WaveRows;)
        {
            if (_open.Count == 0 || _nextGroup == _open[^1].Reader.RowGroupCount)
            {
                if (_nextFile == files.Count) break;
                cancellationToken.ThrowIfCancellationRequested();
                await OpenAsync(files[_nextFile++], cancellationToken);
                continue;
            }

            var group = _open[^1].Reader.OpenRowGroup(_nextGroup++);
            works.Add(new RowGroupWork(files[_nextFile - 1], _open[^1].Reader.Schema, group));
            rows += group.RowCount;
        }

        return works.Count == 0 ? null : new RowGroupWave(works);
    }

    /// <summary>Closes the files that no coming wave reads.</summary>
    /// <param name="oldest">The oldest wave that is still to be read; null for none.</param>
    public async Task CloseAsync(RowGroupWave? oldest)
    {
        var needed = oldest?.Works.Select(w => w.Schema).ToHashSet(ReferenceEqualityComparer.Instance) ?? [];
        for (var i = _open.Count - 2; i >= 0; i--)
        {
            if (needed.Contains(_open[i].Reader.Schema)) continue;
            await _open[i].DisposeAsync();
            _open.RemoveAt(i);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _open) await file.DisposeAsync();
        _open.Clear();
    }

    private async Task OpenAsync(ObservationsFile file, CancellationToken cancellationToken)
    {
        var stream = await lake.OpenReadAsync(file.Submission.Observations, cancellationToken);
        if (stream.Length <= FetchedWhole) stream = await FetchAsync(stream, cancellationToken);
        try
        {
            var reader = ParquetReader.Open(stream, leaveOpen: true);
            _open.Add(new OpenFile(stream, reader));
            LakeFileFormat.Require(reader);
            _nextGroup = 0;
        }
        catch
        {
            if (_open.Count == 0 || _open[^1].Stream != stream) await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> FetchAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var whole = stream;
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return new MemoryStream(bytes, writable: false);
    }

    private sealed record OpenFile(Stream Stream, ParquetReader Reader) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Reader.Dispose();
            return Stream.DisposeAsync();
        }
    }
}

/// <summary>An observations file that is read.</summary>
/// <param name="Submission">Its submission.</param>
/// <param name="Source">The submission's number as a holder of cells; −1 for a region's or agency's, which holds none.</param>
/// <param name="Columns">The columns that are taken from it.</param>
internal sealed record ObservationsFile(Submission Submission, int Source, IReadOnlySet<string> Columns);

/// <summary>Row groups that are read together.</summary>
internal sealed record RowGroupWave(IReadOnlyList<RowGroupWork> Works);

/// <summary>A row group, and where its rows go once their persons and periods are known.</summary>
internal sealed class RowGroupWork(ObservationsFile file, ParquetSchema schema, ParquetRowGroup group)
{
    public ObservationsFile File { get; } = file;

    public ParquetSchema Schema { get; } = schema;

    public ParquetRowGroup Group { get; } = group;

    /// <summary>Whether it is a municipality's and every row is needed: their numbers are then those from <see cref="FirstRow"/> on.</summary>
    public bool IsWhole { get; set; }

    public int FirstRow { get; set; }

    /// <summary>
    /// By row, of a municipality's file that is not whole: the number it is kept under, −1 for a row that is not needed. Of a region's or
    /// agency's: a cell, −1 for a row that is not needed, or −2 − n for a row of a person without cells in period n. Empty otherwise.
    /// </summary>
    public int[] Places { get; private set; } = [];

    /// <summary>The periods asked for that its rows tell of.</summary>
    public int[] Periods { get; set; } = [];

    /// <summary>Rows, or cells of a region's or agency's file, that there must be room for; 0 when no row is needed.</summary>
    public int Room { get; set; }

    /// <summary>Makes room for a place a row, any places at first.</summary>
    public void RentPlaces(int rows) => Places = ArrayPool<int>.Shared.Rent(rows);

    /// <summary>Gives the places back once all columns have been taken.</summary>
    public void ReturnPlaces()
    {
        if (Places.Length > 0) ArrayPool<int>.Shared.Return(Places);
        Places = [];
    }

    public ParquetColumn Required(string name) => Schema.TryFind(name, out var column)
        ? column
        : throw new InvalidDataException($"A committed file lacks the column {name}.");
}
