-- Takes numbers of workspaces. Gives for each the first one.
-- ARGV[1]: nothing; then {shelf, workspace, how many, how many are taken from the start}.
local answers = {}
for number = 2, #ARGV do
  local shelf, workspace, count, taken = unpack(cmsgpack.unpack(ARGV[number]))
  local reached = redis.call('INCRBY', shelf .. 'numbers:' .. workspace, count)
  answers[number - 1] = taken + reached - count + 1
end
return from_primary(answers)
