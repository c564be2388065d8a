using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Benchmarks.Matching;

/// <summary>R's glm on a CSV file, timed inside R, so that neither start-up nor reading counts.</summary>
/// <param name="Version">R's version.</param>
/// <param name="Blas">The linear algebra library that R loaded.</param>
/// <param name="Seconds">Elapsed seconds of each run.</param>
/// <param name="Coefficients">Intercept first.</param>
internal sealed record RGlm(string Version, string Blas, double[] Seconds, double[] Coefficients)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public double Median => Seconds.Order().ElementAt(Seconds.Length / 2);

    /// <summary>Null when R is not installed.</summary>
    public static async Task<RGlm?> RunAsync(string csv, int repetitions, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("Rscript") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "glm.R"));
        start.ArgumentList.Add(csv);
        start.ArgumentList.Add(repetitions.ToString());
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program: the one failure that is not an error here.
            return null;
        }

        using (process!)
        {
            var output = process!.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }

            if (process.ExitCode != 0) throw new InvalidOperationException($"glm.R failed: {await errors}");
            return JsonSerializer.Deserialize<RGlm>(await output, Web);
        }
    }
}
