// Each benchmark prints one line: what was measured, how often, and the ratio to its baseline in the same run.
Console.WriteLine("No benchmark yet.");
