using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Protos.Custody.V1;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Custody;

/// <summary>
/// Writes what an organisation gets back: a folder per submission with its life and findings (JSON), its manifest as it was sent, and its
/// files. A file has its own name only when it is whole.
/// </summary>
internal sealed class ReturnedFiles(string folder) : IAsyncDisposable
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithIndentation());

    private FileStream? _open;
    private string? _path;

    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>How many submissions were written.</summary>
    public async Task<int> WriteAsync(IAsyncStreamReader<ReturnOwnDataResponse> stream, Terminal terminal, CancellationToken cancellationToken)
    {
        var count = 0;
        var current = string.Empty;
        var kind = SubmissionFile.Unspecified;
        while (await stream.MoveNext(cancellationToken))
        {
            var message = stream.Current;
            if (message.PartCase == ReturnOwnDataResponse.PartOneofCase.Submission)
            {
                await CloseAsync();
                current = Path.Combine(Folder, Path.GetFileName(message.Submission.Life.Name));
                kind = SubmissionFile.Unspecified;
                await BeginAsync(current, message.Submission, cancellationToken);
                terminal.Note($"{message.Submission.Life.Name} …");
                count++;
                continue;
            }

            if (message.Chunk.File != kind)
            {
                await CloseAsync();
                kind = message.Chunk.File;
                _path = Path.Combine(current, kind == SubmissionFile.Participations ? "participations.parquet" : "observations.parquet");
                _open = new FileStream(_path + ".part", FileMode.Create, FileAccess.Write);
            }

            await _open!.WriteAsync(message.Chunk.Data.Memory, cancellationToken);
        }

        await CloseAsync();
        return count;
    }

    /// <summary>Closes what is not whole; it keeps its provisional name.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_open is not null) await _open.DisposeAsync();
    }

    private static async Task BeginAsync(string folder, OwnSubmission submission, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "manifest.json"), submission.Manifest.ToByteArray(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "life.json"), Json.Format(submission.Life) + "\n", cancellationToken);
        var findings = string.Join(",\n", submission.Findings.Select(f => Json.Format(f)));
        await File.WriteAllTextAsync(Path.Combine(folder, "findings.json"), $"[{findings}]\n", cancellationToken);
    }

    private async Task CloseAsync()
    {
        if (_open is null) return;
        await _open.DisposeAsync();
        _open = null;
        File.Move(_path! + ".part", _path!, overwrite: true);
    }
}
