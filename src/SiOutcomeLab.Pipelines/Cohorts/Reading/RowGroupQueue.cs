using System.Buffers;
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
        var open = stream.Length <= FetchedWhole ? await FetchAsync(stream, cancellationToken) : await StreamAsync(stream);
        _open.Add(open);
        LakeFileFormat.Require(open.Reader);
        _nextGroup = 0;
    }

    private static async Task<OpenFile> StreamAsync(Stream stream)
    {
        try
        {
            return new OpenFile(ParquetReader.Open(stream, leaveOpen: true), stream, []);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<OpenFile> FetchAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var whole = stream;
        var rented = ArrayPool<byte>.Shared.Rent((int)stream.Length);
        try
        {
            var file = rented.AsMemory(0, (int)stream.Length);
            await stream.ReadExactlyAsync(file, cancellationToken);
            return new OpenFile(ParquetReader.Open(file), null, rented);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw;
        }
    }

    private sealed record OpenFile(ParquetReader Reader, Stream? Stream, byte[] Rented) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Reader.Dispose();
            if (Rented.Length > 0) ArrayPool<byte>.Shared.Return(Rented);
            return Stream?.DisposeAsync() ?? ValueTask.CompletedTask;
        }
    }
}
