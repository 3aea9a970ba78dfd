-- The workspaces of shelves. ARGV[1]: nothing; then the shelves of which each answer tells.
local answers = {}
for number = 2, #ARGV do
  local names = {}
  for _, shelf in ipairs(cmsgpack.unpack(ARGV[number])) do
    for _, name in ipairs(redis.call('SMEMBERS', shelf .. 'names')) do
      names[#names + 1] = name
    end
  end
  answers[number - 1] = names
end
return from_primary(answers)
