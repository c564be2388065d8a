using System.Globalization;
using SiOutcomeLab.Storage.Tests.Crash;

return args is [CommittingProcess.Verb, var folder, var count]
    ? await CommittingProcess.RunAsync(folder, int.Parse(count, CultureInfo.InvariantCulture))
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
