using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Keeps a receipt at the sender: JSON with the receipt to read, and beside it its bytes as the hub keeps them.</summary>
internal static class ReceiptFile
{
    /// <summary>Where a receipt lies when nobody says otherwise: beside the manifest, under its submission's identifier.</summary>
    public static string PathBeside(string manifest, Receipt receipt) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifest))!, $"receipt-{receipt.Submission[(receipt.Submission.IndexOf('/') + 1)..]}.json");

    /// <summary>Writes it; the same receipt gives the same file.</summary>
    public static async Task WriteAsync(string path, Acceptance accepted, CancellationToken cancellationToken)
    {
        await using var text = new StringWriter();
        ProtoJson.WriteOne(text, accepted);
        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
    }
}
