using SiOutcomeLab.Storage.Tests.Crash;

return args is [CommittingProcess.Verb, var folder]
    ? await CommittingProcess.RunAsync(folder)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
